import { Temporal } from 'temporal-polyfill';
import { resolveLocalTime } from '../calendar/local-time.ts';
import { localDate } from '../calendar/working-days.ts';
import type { WeekTime } from '../freeze/freeze.ts';

/** The weekly meetings around an instant: epoch ms. */
export interface WeeklyMeetings {
  /** The one before, whose decisions are in the minutes by now. */
  last: number;
  next: number;
}

/** The last weekly meeting until `now` (epoch ms), and the next one after it, by the clocks of `zone`. */
export function weeklyMeetings({ day, time }: WeekTime, zone: string, now: number): WeeklyMeetings {
  const today = Temporal.PlainDate.from(localDate(now, zone));
  const monday = today.subtract({ days: today.dayOfWeek - 1 }).toString();
  const [before, thisWeek, after] = [-7, 0, 7].map(
    (days) => resolveLocalTime(monday, days + day - 1, time, zone).instant,
  ) as [number, number, number];
  return thisWeek > now ? { last: before, next: thisWeek } : { last: thisWeek, next: after };
}

/** The kinds of meetings of S1 §10.1. */
export type MeetingKind = 'weekly' | 'emergency';

/**
 * Where something that has to be decided until `by` (epoch ms) belongs: what can't wait for the next weekly meeting is for
 * an emergency one. Without weekly meetings everything is.
 */
export function meetingFor(by: number, next: number | null): MeetingKind {
  return next !== null && by >= next ? 'weekly' : 'emergency';
}
