/**
 * Time comes in through this port only. `now` is the release's time; `wall` is real time, used for pace, leases and
 * retries. In production they are the same.
 */
export interface Clock {
  /** The release's present instant, epoch milliseconds. */
  now(): number;
  /** Real milliseconds from now until `instant` (epoch ms of the release's time); 0 when past. */
  delayUntil(instant: number): number;
  /** The release's instant in `ms` real milliseconds from now. */
  instantAfter(ms: number): number;
  /** The present instant of real time, epoch milliseconds. */
  wall(): number;
  /** Calls back when the clock was moved or its pace changed, so that waits can be computed anew. */
  onChange(listener: () => void): () => void;
}

/** The machine's own clock, for what has no database. */
export const systemClock: Clock = {
  now: () => Date.now(),
  wall: () => Date.now(),
  delayUntil: (instant) => Math.max(0, instant - Date.now()),
  instantAfter: (ms) => Date.now() + ms,
  onChange: () => () => undefined,
};
