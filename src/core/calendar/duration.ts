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

/** A span of time in words, its largest unit and the next one: `2 days 3 hours`, `45 seconds`. Rounded up to seconds. */
export function describeSpan(ms: number): string {
  let rest = Math.max(0, Math.ceil(ms / 1000)) * 1000;
  const counts = units.map((unit) => {
    const count = Math.floor(rest / unit.ms);
    rest -= count * unit.ms;
    return { count, name: unit.name };
  });
  const largest = counts.findIndex(({ count }) => count > 0);
  if (largest < 0) return 'no time';
  const said = counts.slice(largest, largest + 2).filter(({ count }) => count > 0);
  return said.map(({ count, name }) => countWords(count, name)).join(' ');
}
