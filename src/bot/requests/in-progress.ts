import { orAfter } from '../../lib/or-after.ts';

/** Resolves when the set is empty; work that is added meanwhile is waited for too. */
export async function allSettled(working: ReadonlySet<Promise<unknown>>): Promise<void> {
  while (working.size > 0) await Promise.allSettled(working);
}

/** Waits for `work`, but not longer than `ms` milliseconds. True when the work was done in time. */
export function withinTime(work: Promise<unknown>, ms: number): Promise<boolean> {
  return orAfter(
    work.then(() => true),
    ms,
    () => false,
  );
}
