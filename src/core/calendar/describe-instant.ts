import { Temporal } from 'temporal-polyfill';

/** Whole calendar days from `from` to `to` (both epoch ms) as the wall calendar of `zone` counts them. */
export function calendarDaysBetween(from: number, to: number, zone: string): number {
  return dayNumber(to, zone) - dayNumber(from, zone);
}

const dayMs = 86_400_000;

/** The days from 1 January 1970 to the local date at an instant. */
function dayNumber(instant: number, zone: string): number {
  const { year, month, day } = zoned(instant, zone);
  return Date.UTC(year, month - 1, day) / dayMs;
}

function zoned(instant: number, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);
}

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `Tue 18 Jun 2030` for an instant (epoch ms). Spelt here, since Intl's wording differs by version. */
export function describeDate(instant: number, zone: string): string {
  const at = zoned(instant, zone);
  return `${WEEKDAYS[at.dayOfWeek - 1]} ${at.day} ${MONTHS[at.month - 1]} ${at.year}`;
}

/** `10:00` for an instant (epoch ms), seconds only when there are any. */
export function describeTime(instant: number, zone: string): string {
  const at = zoned(instant, zone);
  const digits = [at.hour, at.minute, ...(at.second > 0 ? [at.second] : [])];
  return digits.map((part) => String(part).padStart(2, '0')).join(':');
}

/** `Tue 18 Jun 2030, 10:00 (Europe/Amsterdam)`: an instant (epoch ms) as people of that zone read it. */
export function describeInstant(instant: number, zone: string): string {
  return `${describeDate(instant, zone)}, ${describeTime(instant, zone)} (${zone})`;
}
