import { Temporal } from 'temporal-polyfill';
import { memoize } from '../../lib/memoize.ts';

/** Whole calendar days from `from` to `to` (both epoch ms) as the wall calendar of `zone` counts them. */
export function calendarDaysBetween(from: number, to: number, zone: string): number {
  return dayNumber(to, zone) - dayNumber(from, zone);
}

const minuteMs = 60_000;
const dayMs = 86_400_000;

/** The days from 1 January 1970 to the local date at an instant. */
function dayNumber(instant: number, zone: string): number {
  // No zone of today changes its date within a minute.
  return dayNumberAt(Math.floor(instant / minuteMs) * minuteMs, zone);
}

function zoned(instant: number, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);
}

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Calendars are slow, and the messages of a day name the same few instants again and again. */
const kept = { keyOf: (instant: number, zone: string) => `${instant} ${zone}`, most: 2_000 };

const dayNumberAt = memoize((instant: number, zone: string): number => {
  const { year, month, day } = zoned(instant, zone);
  return Date.UTC(year, month - 1, day) / dayMs;
}, kept);

/** `Tue 18 Jun 2030` for an instant (epoch ms). Spelt here, since Intl's wording differs by version. */
export const describeDate = memoize((instant: number, zone: string): string => {
  const at = zoned(instant, zone);
  return `${WEEKDAYS[at.dayOfWeek - 1]} ${at.day} ${MONTHS[at.month - 1]} ${at.year}`;
}, kept);

/** `10:00` for an instant (epoch ms), seconds only when there are any. */
export const describeTime = memoize((instant: number, zone: string): string => {
  const at = zoned(instant, zone);
  const digits = [at.hour, at.minute, ...(at.second > 0 ? [at.second] : [])];
  return digits.map((part) => String(part).padStart(2, '0')).join(':');
}, kept);

/** `Tue 18 Jun 2030, 10:00 (Europe/Amsterdam)`: an instant (epoch ms) as people of that zone read it. */
export function describeInstant(instant: number, zone: string): string {
  return `${describeDate(instant, zone)}, ${describeTime(instant, zone)} (${zone})`;
}
