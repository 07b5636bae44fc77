import { calendarDaysBetween } from '../calendar/describe-instant.ts';
import { durationMs } from '../calendar/duration.ts';
import { offsetToDays } from '../calendar/duration-patterns.ts';
import { type ResolvedTime, resolveLocalTime } from '../calendar/local-time.ts';
import type { Plan } from '../plan/plan.ts';
import { oneWayOf, type ScheduleTime } from '../plan/schedule-time.ts';

/** The go-live instant, and whether the clocks of its zone skip or repeat it. */
export function resolveGoLive(goLive: Plan['goLive']): ResolvedTime {
  return resolveLocalTime(goLive.date, 0, goLive.time, goLive.zone);
}

/** T-0 in epoch milliseconds. */
export function goLiveInstant(plan: Pick<Plan, 'goLive'>): number {
  return resolveGoLive(plan.goLive).instant;
}

/** The instant of a time around go-live. @throws RangeError when it is said in neither way. */
export function resolveScheduleTime(at: ScheduleTime, goLive: Plan['goLive']): ResolvedTime {
  const when = oneWayOf(at);
  if ('goLive' in when) {
    return { instant: resolveGoLive(goLive).instant + durationMs(when.goLive), note: 'exact' };
  }
  return resolveLocalTime(goLive.date, offsetToDays(when.offset), when.time, goLive.zone);
}

/** The calendar distance of an instant (epoch ms) from go-live, in the release's zone: `T-14`, `T-0`, `T+1`. */
export function distanceFromGoLive(plan: Pick<Plan, 'goLive'>, instant: number): string {
  const days = calendarDaysBetween(goLiveInstant(plan), instant, plan.goLive.zone);
  return days > 0 ? `T+${days}` : `T-${-days}`;
}
