import { Temporal } from 'temporal-polyfill';

/** Whether a date (YYYY-MM-DD) is a Saturday or a Sunday. */
export function isWeekend(date: string): boolean {
  return Temporal.PlainDate.from(date).dayOfWeek > 5;
}

/** The first day after a date (both YYYY-MM-DD) from Monday to Friday; holidays are not known. */
export function nextWorkingDay(date: string): string {
  const next = Temporal.PlainDate.from(date).add({ days: 1 }).toString();
  return isWeekend(next) ? nextWorkingDay(next) : next;
}

/** A date (YYYY-MM-DD) if it is from Monday to Friday, else the Friday before it. */
export function lastWorkingDay(date: string): string {
  return isWeekend(date)
    ? lastWorkingDay(Temporal.PlainDate.from(date).subtract({ days: 1 }).toString())
    : date;
}

/** The date (YYYY-MM-DD) that the calendars of `zone` show at an instant (epoch ms). */
export function localDate(instant: number, zone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone).toPlainDate().toString();
}

/**
 * The first date from `date` on (both YYYY-MM-DD) that suits a go-live: a working day after a working day, since the
 * decision is asked for the day before unless the plan says otherwise.
 */
export function suitableGoLiveDate(date: string): string {
  const day = Temporal.PlainDate.from(date);
  const eve = day.subtract({ days: 1 }).toString();
  const tomorrow = day.add({ days: 1 }).toString();
  return isWeekend(date) || isWeekend(eve) ? suitableGoLiveDate(tomorrow) : date;
}

/** The time of day (HH:MM) that the clocks of `zone` show at an instant (epoch ms). */
export function localTimeOfDay(instant: number, zone: string): string {
  const time = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone).toPlainTime();
  return time.toString({ smallestUnit: 'minute' });
}
