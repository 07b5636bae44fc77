import ICAL from 'ical.js';
import { isZone, resolveLocalTime } from '../core/calendar/local-time.ts';

/** What a calendar says: whole days (YYYY-MM-DD), and spans of epoch ms. */
export interface CalendarDates {
  days: string[];
  spans: { from: number; until: number }[];
}

/** Events that come again are read up to this year, and so many times at most. */
const lastYear = 2100;
const mostOccurrences = 5_000;

/**
 * The dates of an iCalendar file (RFC 5545). Whole days stay days; times are read in their own zone, those without one
 * in `zone`. What is cancelled or shown as free counts, too: who lists a day means it.
 * @throws Error when it is no calendar, has no event, or one comes again too often.
 */
export function readIcs(text: string, zone: string): CalendarDates {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const events = calendar.getAllSubcomponents('vevent');
  if (events.length === 0) throw new Error('it has no events.');
  const dates: CalendarDates = { days: [], spans: [] };
  for (const component of events) {
    // A changed occurrence stands beside the series that it belongs to.
    if (component.hasProperty('recurrence-id')) continue;
    const exceptions = events.filter((other) => isExceptionOf(other, component));
    addEvent(dates, new ICAL.Event(component, { exceptions }), zone);
  }
  return { days: [...new Set(dates.days)].sort(), spans: dates.spans };
}

function isExceptionOf(other: ICAL.Component, series: ICAL.Component): boolean {
  const uid = (of: ICAL.Component) => of.getFirstPropertyValue('uid');
  return other.hasProperty('recurrence-id') && uid(other) === uid(series);
}

function addEvent(dates: CalendarDates, event: ICAL.Event, zone: string): void {
  if (!event.isRecurring()) {
    addOccurrence(dates, { item: event, startDate: event.startDate, endDate: event.endDate }, zone);
    return;
  }
  const times = event.iterator();
  for (let count = 0; ; count += 1) {
    const time = times.next();
    // Types say that there is always one more.
    if (!time || time.year > lastYear) return;
    if (count === mostOccurrences) {
      throw new Error(
        `"${event.summary}" comes again more than ${mostOccurrences} times; use weekly instead.`,
      );
    }
    addOccurrence(dates, event.getOccurrenceDetails(time), zone);
  }
}

function addOccurrence(
  dates: CalendarDates,
  { item, startDate, endDate }: { item: ICAL.Event; startDate: ICAL.Time; endDate: ICAL.Time },
  zone: string,
): void {
  if (!startDate.isDate) {
    const start = zoneOf(item, 'dtstart');
    const from = instantOf(startDate, start ?? zone);
    const until = instantOf(endDate, zoneOf(item, 'dtend') ?? start ?? zone);
    dates.spans.push({ from, until });
    return;
  }
  // The end of whole days is the day after them.
  const day = startDate.clone();
  do {
    dates.days.push(day.toString());
    day.adjust(1, 0, 0, 0);
  } while (day.compareDateOnlyTz(endDate, ICAL.Timezone.localTimezone) < 0);
}

/** The IANA zone that a property names; undefined when it names none. */
function zoneOf({ component }: ICAL.Event, name: 'dtstart' | 'dtend'): string | undefined {
  const tzid: unknown = component.getFirstProperty(name)?.getParameter('tzid');
  return typeof tzid === 'string' && isZone(tzid) ? tzid : undefined;
}

/** Epoch ms. A zone that has no IANA name is the one that the file itself describes. */
function instantOf(time: ICAL.Time, zone: string): number {
  const { tzid } = time.zone;
  // What is not floating and no IANA zone is UTC, or a zone that the file describes.
  if (tzid !== 'floating' && !isZone(tzid)) return time.toUnixTime() * 1_000;
  if (tzid === 'UTC') return time.toUnixTime() * 1_000;
  const two = (part: number) => String(part).padStart(2, '0');
  const date = `${time.year}-${two(time.month)}-${two(time.day)}`;
  const clock = [time.hour, time.minute, time.second].map(two).join(':');
  return resolveLocalTime(date, 0, clock, zone).instant;
}
