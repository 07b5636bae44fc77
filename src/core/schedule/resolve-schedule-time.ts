import { durationMs } from '../calendar/duration.ts';
import { offsetToDays } from '../calendar/duration-patterns.ts';
import { type ResolvedTime, resolveLocalTime } from '../calendar/local-time.ts';
import type { Plan } from '../plan/plan.ts';

/** When something is, as plans write it: `{ offset, time }` or `{ goLive }`. */
export interface ScheduleTime {
  offset?: string | undefined;
  time?: string | undefined;
  goLive?: string | undefined;
}

/** The go-live instant, and whether the clocks of its zone skip or repeat it. */
export function resolveGoLive(goLive: Plan['goLive']): ResolvedTime {
  return resolveLocalTime(goLive.date, 0, goLive.time, goLive.zone);
}

/** T-0 in epoch milliseconds. */
export function goLiveInstant(plan: Pick<Plan, 'goLive'>): number {
  return resolveGoLive(plan.goLive).instant;
}

/** The instant of a moment around go-live. Throws RangeError when the moment says neither. */
export function resolveScheduleTime(moment: ScheduleTime, goLive: Plan['goLive']): ResolvedTime {
  if (moment.goLive !== undefined) {
    return { instant: resolveGoLive(goLive).instant + durationMs(moment.goLive), note: 'exact' };
  }
  if (moment.offset === undefined || moment.time === undefined) {
    throw new RangeError('a moment needs offset and time, or goLive');
  }
  return resolveLocalTime(goLive.date, offsetToDays(moment.offset), moment.time, goLive.zone);
}
