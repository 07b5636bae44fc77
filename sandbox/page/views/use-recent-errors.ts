import { useRef } from 'react';
import { errorPercent, type Sample } from '../text/error-percent.ts';

/** How far back is looked, milliseconds. */
const SPAN_MS = 6_000;

/** Percent of a version's requests that failed in the last seconds; null when there were none. */
export function useRecentErrors({ requests, errors }: Omit<Sample, 'at'>): number | null {
  const samples = useRef<Sample[]>([]);
  const at = performance.now();
  const last = samples.current.at(-1);
  if (last?.requests !== requests || last.errors !== errors) {
    const recent = samples.current.filter((sample) => sample.at > at - SPAN_MS);
    samples.current = [...recent, { at, requests, errors }];
  }
  return errorPercent(samples.current);
}
