import type { WaitingWork } from './sweep.ts';

/**
 * Remembers from sweep to sweep what waits, and finds what has not moved for `afterMs`. Something that stays
 * stalled is named once in every `afterMs`.
 */
export function createStalledFinder(
  afterMs: number,
): (waiting: readonly WaitingWork[], now: number) => WaitingWork[] {
  let since = new Map<string, number>();
  return (waiting, now) => {
    const seen = new Map<string, number>();
    const stalled = waiting.filter((work) => {
      const key = JSON.stringify(work);
      // A clock that went back must not keep anything from standing out.
      const first = Math.min(since.get(key) ?? now, now);
      const isStalled = now - first >= afterMs;
      seen.set(key, isStalled ? now : first);
      return isStalled;
    });
    since = seen;
    return stalled;
  };
}
