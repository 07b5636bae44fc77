import * as z from 'zod';
import { OFFSET_PATTERN, SIGNED_DURATION_PATTERN } from '../calendar/duration-patterns.ts';

/** `HH:MM` on a 24-hour clock. */
export const localTimeSchema = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
  .describe('a time of day such as 09:30, on a 24-hour clock');

export const offsetSchema = z
  .string()
  .regex(OFFSET_PATTERN)
  .describe('days or weeks from go-live such as -P14D, P1D or -P2W');

const fromGoLiveSchema = z
  .string()
  .regex(SIGNED_DURATION_PATTERN)
  .describe('time from go-live such as -PT2H (two hours before) or PT0S (at go-live)');

/** The two ways to say when, as optional fields; `requireOneWay` says which combinations are one. */
export const scheduleTimeFields = {
  offset: offsetSchema.optional(),
  time: localTimeSchema.optional(),
  goLive: fromGoLiveSchema.optional(),
};

/** When something is, as plans write it: `{ offset, time }` or `{ goLive }`. */
export interface ScheduleTime {
  offset?: string | undefined;
  time?: string | undefined;
  goLive?: string | undefined;
}

/** A schedule time in one of the two ways. @throws RangeError when it says neither. */
export function oneWayOf(at: ScheduleTime): { goLive: string } | { offset: string; time: string } {
  const { offset, time, goLive } = at;
  if (goLive !== undefined) return { goLive };
  if (offset !== undefined && time !== undefined) return { offset, time };
  throw new RangeError('a schedule time needs offset and time, or goLive');
}

const SCHEDULE_TIME_EXPECTED = 'either { offset: -P7D, time: "14:00" } or { goLive: -PT2H }';

/** A refinement: exactly one of the two ways to say when, and that one whole. */
export function requireOneWay(at: ScheduleTime, context: z.core.$RefinementCtx): void {
  const calendar = at.offset !== undefined || at.time !== undefined;
  const whole = at.offset !== undefined && at.time !== undefined;
  if (at.goLive !== undefined ? !calendar : whole) return;
  addProblem(context, [], 'does not say when in one way', SCHEDULE_TIME_EXPECTED);
}

/** A refinement: `goLive` goes with neither `offset` nor `time`; each of these may stand alone. */
export function forbidBothWays(at: ScheduleTime, context: z.core.$RefinementCtx): void {
  if (at.goLive === undefined || (at.offset === undefined && at.time === undefined)) return;
  addProblem(context, [], 'says when in two ways', SCHEDULE_TIME_EXPECTED);
}

/**
 * When something happens: a calendar distance from the go-live date at a local time of day (which stays
 * that time across clock changes), or an elapsed time from the go-live instant.
 */
export const scheduleTimeSchema = z
  .strictObject(scheduleTimeFields)
  .superRefine(requireOneWay)
  .describe(SCHEDULE_TIME_EXPECTED);

/** Adds a problem in the words of the plan: `message` continues the path, `expected` continues "expected". */
export function addProblem(
  context: z.core.$RefinementCtx,
  path: (string | number)[],
  message: string,
  expected: string,
  hint?: string,
): void {
  context.addIssue({ code: 'custom', path, message, params: { expected, hint } });
}
