import { Temporal } from 'temporal-polyfill';
import { type ResolvedTime, resolveLocalTime } from './local-time.ts';
import { isWeekend } from './working-days.ts';

export type Shift = 'earlier' | 'later';

/** When nothing should be sent, and which way it goes instead. What is left out, or `keep`, shifts nothing. */
export interface ShiftRules {
  /** Local times of day, `HH:MM`; over midnight when `from` is later than `to`. Both ends are outside. */
  quietHours?: { from: string; to: string; shift: Shift } | undefined;
  weekends?: Shift | 'keep' | undefined;
  /** Dates, `YYYY-MM-DD`. */
  holidays?: { dates: readonly string[]; shift: Shift } | undefined;
}

export type ShiftReason = 'quiet hours' | 'the weekend' | 'a holiday';

/** When something is sent instead, and why; no reasons: it stays. */
export interface ShiftedTime extends ResolvedTime {
  reasons: readonly ShiftReason[];
}

/** So many closed days in a row are looked past; a calendar with more has no use for shifts. */
const LONGEST_CLOSURE_DAYS = 60;

/**
 * Shifts an instant (epoch ms) out of quiet hours, weekends and holidays of `zone`. Off a closed day it goes by whole
 * days, so that its local time of day stays; out of quiet hours it goes to their nearer end in its direction.
 */
export function shiftTime(instant: number, zone: string, rules: ShiftRules): ShiftedTime {
  const local = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone).toPlainDateTime();
  const loud = outOfQuietHours(local, rules.quietHours);
  const open = toOpenDay(loud.toPlainDate(), rules);
  const reasons: ShiftReason[] = [
    ...(loud.equals(local) ? [] : ['quiet hours' as const]),
    ...(open.reason === null ? [] : [open.reason]),
  ];
  if (reasons.length === 0) return { instant, note: 'exact', reasons };
  const time = loud.toPlainTime().toString();
  return { ...resolveLocalTime(open.date.toString(), 0, time, zone), reasons };
}

function outOfQuietHours(
  local: Temporal.PlainDateTime,
  quietHours: ShiftRules['quietHours'],
): Temporal.PlainDateTime {
  if (!quietHours) return local;
  const from = Temporal.PlainTime.from(quietHours.from);
  const to = Temporal.PlainTime.from(quietHours.to);
  const time = local.toPlainTime();
  const isAfter = Temporal.PlainTime.compare(time, from) > 0;
  const isBefore = Temporal.PlainTime.compare(time, to) < 0;
  const isOverMidnight = Temporal.PlainTime.compare(from, to) > 0;
  if (isOverMidnight ? !isAfter && !isBefore : !(isAfter && isBefore)) return local;
  const date = local.toPlainDate();
  if (quietHours.shift === 'earlier') {
    return (isOverMidnight && isBefore ? date.subtract({ days: 1 }) : date).toPlainDateTime(from);
  }
  return (isOverMidnight && isAfter ? date.add({ days: 1 }) : date).toPlainDateTime(to);
}

/** The first open day in the direction of whatever closes the given one; that one itself when there is none near. */
function toOpenDay(
  date: Temporal.PlainDate,
  rules: ShiftRules,
): { date: Temporal.PlainDate; reason: ShiftReason | null } {
  const closed = whyClosed(date, rules);
  if (closed === null) return { date, reason: null };
  const days = closed.shift === 'earlier' ? -1 : 1;
  let open = date;
  for (let count = 0; count < LONGEST_CLOSURE_DAYS; count += 1) {
    open = open.add({ days });
    if (whyClosed(open, rules) === null) return { date: open, reason: closed.reason };
  }
  return { date, reason: null };
}

function whyClosed(
  date: Temporal.PlainDate,
  { weekends = 'keep', holidays }: ShiftRules,
): { reason: ShiftReason; shift: Shift } | null {
  const written = date.toString();
  if (holidays?.dates.includes(written)) return { reason: 'a holiday', shift: holidays.shift };
  if (weekends !== 'keep' && isWeekend(written)) return { reason: 'the weekend', shift: weekends };
  return null;
}
