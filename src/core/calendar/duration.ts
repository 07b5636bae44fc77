import { Temporal } from 'temporal-polyfill';
import { countWords } from '../../lib/count-words.ts';

/** Milliseconds of an ISO 8601 duration of days and smaller units, such as `PT24H` or `P2D`. */
export function durationMs(iso: string): number {
  return Temporal.Duration.from(iso).total({ unit: 'milliseconds', relativeTo: undefined });
}

const units = [
  { name: 'day', ms: 86_400_000 },
  { name: 'hour', ms: 3_600_000 },
  { name: 'minute', ms: 60_000 },
  { name: 'second', ms: 1_000 },
] as const;

/** A span of time in words, its two largest units: `2 days 3 hours`, `45 seconds`. Rounded up to seconds. */
export function describeSpan(ms: number): string {
  let rest = Math.max(0, Math.ceil(ms / 1000)) * 1000;
  const parts: string[] = [];
  for (const unit of units) {
    const count = Math.floor(rest / unit.ms);
    rest -= count * unit.ms;
    if (count > 0) parts.push(countWords(count, unit.name));
    if (parts.length === 2) break;
  }
  return parts.length > 0 ? parts.join(' ') : 'no time';
}
