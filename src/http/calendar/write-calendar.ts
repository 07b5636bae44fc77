import ICAL from 'ical.js';
import type { ReleaseState } from '../../core/release/release-state.ts';
import { type TimelineEvent, timelineEvents } from '../../core/timeline/timeline-events.ts';
import type { CalendarRelease } from '../../db/queries/calendar.ts';

/** How often a calendar program may ask again (RFC 7986); most ask once in some hours whatever it says. */
const refreshInterval = 'PT15M';

/** Releases as an iCalendar (RFC 5545) that calendar programs subscribe to. */
export function writeCalendar(releases: readonly CalendarRelease[]): string {
  const calendar = new ICAL.Component('vcalendar');
  calendar.addPropertyWithValue('prodid', '-//tminus//releases//EN');
  calendar.addPropertyWithValue('version', '2.0');
  calendar.addPropertyWithValue('x-wr-calname', 'Releases');
  calendar.addPropertyWithValue('refresh-interval', ICAL.Duration.fromString(refreshInterval));
  for (const release of releases) {
    for (const event of timelineEvents(release.plan)) calendar.addSubcomponent(writeEvent(release, event));
  }
  return `${calendar.toString()}\r\n`;
}

function writeEvent(
  release: CalendarRelease,
  { key, title, description, at }: TimelineEvent,
): ICAL.Component {
  const event = new ICAL.Component('vevent');
  event.addPropertyWithValue('uid', `tminus-${release.id}-${key}`);
  event.addPropertyWithValue('dtstamp', instant(release.createdAt.getTime()));
  event.addPropertyWithValue('summary', `${release.key}: ${title}`);
  event.addPropertyWithValue('description', description);
  event.addPropertyWithValue('status', statusOf(release.state));
  // Nobody is busy because of it.
  event.addPropertyWithValue('transp', 'TRANSPARENT');
  if ('from' in at) {
    event.addPropertyWithValue('dtstart', instant(at.from));
    if (at.to > at.from) event.addPropertyWithValue('dtend', instant(at.to));
    return event;
  }
  // Without an end it is the one day.
  event.addPropertyWithValue('dtstart', ICAL.Time.fromDateString(at.startsOn));
  if (at.endsOn > at.startsOn) event.addPropertyWithValue('dtend', ICAL.Time.fromDateString(at.endsOn));
  return event;
}

function statusOf(state: ReleaseState): string {
  if (state === 'cancelled') return 'CANCELLED';
  return state === 'in_planning' || state === 'draft' ? 'TENTATIVE' : 'CONFIRMED';
}

/** Epoch ms, as a time in UTC: each program shows it in its own zone. */
function instant(at: number): ICAL.Time {
  return ICAL.Time.fromJSDate(new Date(at), true);
}
