/**
 * The longest wait that is ever set: for a lease, a pace, a pause after a failure. An instant that is further ahead
 * was set by a clock that was wrong, and counts as passed. Milliseconds.
 */
export const maxWaitMs = 5 * 60_000;

/**
 * The clocks of two processes differ by less. What was begun further ahead than this was begun by a clock that was
 * wrong, and no wait that it set counts. Milliseconds.
 */
export const maxSkewMs = 10_000;

/** Milliseconds from `wall` until `instant`, both of the wall clock; 0 when it has passed or can't be meant. */
export function leftToWait(instant: number, wall: number, longestMs = maxWaitMs): number {
  const leftMs = instant - wall;
  return leftMs > longestMs ? 0 : Math.max(0, leftMs);
}
