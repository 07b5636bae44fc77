import type { ScheduleItem } from './derive-schedule.ts';

/** A message that is later than this (ms) says for when it was planned. Less is what a busy machine takes. */
const MENTIONED_FROM_MS = 5 * 60_000;

/** How late an item is: not worth a word, `late`, so that it says so, or `overdue`, so that somebody is asked. */
export type Lateness = 'on-time' | 'late' | 'overdue';

/**
 * How an item is that is carried out now. `waitedSince`: since when it could have been (epoch ms), which is its
 * instant or, when its release was paused then, the end of the pause. `allowedMs`: as configured. `rate`: how many
 * times as fast as real time the clock runs, 1 in production; what takes a moment of real time is late by hours on a
 * clock that runs fast.
 */
export function latenessOf({
  waitedSince,
  now,
  allowedMs,
  rate,
}: {
  waitedSince: number;
  now: number;
  allowedMs: number;
  rate: number;
}): Lateness {
  const lateMs = now - waitedSince;
  const factor = Math.max(1, rate);
  if (lateMs > allowedMs * factor) return 'overdue';
  return lateMs > MENTIONED_FROM_MS * factor ? 'late' : 'on-time';
}

/** Whether it must not go out any more: a poll that would be closed already, or what is only valid until an earlier instant. */
export function isExpired(item: ScheduleItem, now: number): boolean {
  if (item.validUntil !== undefined && item.validUntil <= now) return true;
  return item.kind === 'poll' && item.poll.closesAt <= now;
}
