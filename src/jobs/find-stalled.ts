import type { WaitingWork } from './sweep.ts';

/**
 * Remembers from sweep to sweep what waits, and finds what has not moved for `afterMs`. Something that stands
 * still is named once in every `afterMs`.
 */
export function createStalledFinder(
  afterMs: number,
): (waiting: readonly WaitingWork[], now: number) => WaitingWork[] {
  let since = new Map<string, number>();
  return (waiting, now) => {
    const seen = new Map<string, number>();
    const standing = waiting.filter((work) => {
      const key = JSON.stringify(work);
      const first = since.get(key) ?? now;
      const stands = now - first >= afterMs;
      seen.set(key, stands ? now : first);
      return stands;
    });
    since = seen;
    return standing;
  };
}
