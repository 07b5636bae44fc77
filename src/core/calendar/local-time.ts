import { Temporal } from 'temporal-polyfill';

/** How a local date and time became an instant. */
export interface ResolvedTime {
  /** Epoch milliseconds. */
  readonly instant: number;
  /**
   * `skipped`: the clocks jump over this local time, the first instant after the jump is taken.
   * `repeated`: it happens twice, the first one is taken.
   */
  readonly note: 'exact' | 'skipped' | 'repeated';
}

/** Whether `zone` is a named IANA time zone (`Europe/Amsterdam`, `UTC`), not a fixed offset like `+01:00`. */
export function isZone(zone: string): boolean {
  if (!/^[A-Za-z]/.test(zone)) return false;
  try {
    return new Temporal.ZonedDateTime(0n, zone).epochMilliseconds === 0;
  } catch {
    return false;
  }
}

/** Whether `date` (YYYY-MM-DD) is in the calendar. */
export function isCalendarDate(date: string): boolean {
  try {
    return Temporal.PlainDate.from(date, { overflow: 'reject' }).toString() === date;
  } catch {
    return false;
  }
}

/**
 * The instant at which the wall clocks of `zone` show `date` (YYYY-MM-DD) plus `days` calendar days at
 * `time` (HH:MM). A time that the clocks skip resolves to the first instant after the jump, so that a
 * later local time never becomes an earlier instant. Throws RangeError on an impossible date or zone.
 */
export function resolveLocalTime(date: string, days: number, time: string, zone: string): ResolvedTime {
  const local = Temporal.PlainDate.from(date).add({ days }).toPlainDateTime(Temporal.PlainTime.from(time));
  const earlier = local.toZonedDateTime(zone, { disambiguation: 'earlier' });
  const later = local.toZonedDateTime(zone, { disambiguation: 'later' });
  if (earlier.epochMilliseconds === later.epochMilliseconds) {
    return { instant: earlier.epochMilliseconds, note: 'exact' };
  }
  if (earlier.toPlainDateTime().equals(local)) {
    return { instant: earlier.epochMilliseconds, note: 'repeated' };
  }
  const jump = earlier.getTimeZoneTransition('next');
  return { instant: (jump ?? later).epochMilliseconds, note: 'skipped' };
}

/** The time of day (HH:MM, 24 hours) that the clocks of `zone` show at an instant (epoch ms). */
export function localTimeOfDay(instant: number, zone: string): string {
  const local = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);
  return local.toPlainTime().toString({ smallestUnit: 'minute' });
}
