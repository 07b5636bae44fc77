import { and, asc, eq, exists, gt, inArray, isNull, or } from 'drizzle-orm';
import { underWayStates } from '../../core/release/release-state.ts';
import { calendarLinks } from '../schema/calendar.ts';
import { identities } from '../schema/people.ts';
import { releases } from '../schema/release.ts';
import type { Queries } from '../transaction.ts';

/** What a calendar shows of a release. */
export type CalendarRelease = Pick<
  typeof releases.$inferSelect,
  'id' | 'key' | 'state' | 'plan' | 'createdAt'
>;

/** More than a team has under way; a calendar program reads them all at once. */
const mostReleases = 500;

/** Whether a token opens the calendar: it is somebody's, and at least one of their accounts is still in use. */
export async function isCalendarToken(db: Queries, token: string): Promise<boolean> {
  const inUse = db
    .select({ id: identities.platformId })
    .from(identities)
    .where(and(eq(identities.personId, calendarLinks.personId), isNull(identities.unreachableSince)));
  const [link] = await db
    .select({ personId: calendarLinks.personId })
    .from(calendarLinks)
    .where(and(eq(calendarLinks.token, token), exists(inUse)));
  return link !== undefined;
}

/** The releases under way, and those that ended after an instant (epoch ms); with a key only that one, whenever it ended. */
export function findCalendarReleases(
  db: Queries,
  { key, endedAfter }: { key: string | undefined; endedAfter: number },
): Promise<CalendarRelease[]> {
  const shown = or(inArray(releases.state, [...underWayStates]), gt(releases.endedAt, new Date(endedAfter)));
  const { id, state, plan, createdAt } = releases;
  return db
    .select({ id, key: releases.key, state, plan, createdAt })
    .from(releases)
    .where(key === undefined ? shown : eq(releases.key, key))
    .orderBy(asc(releases.goLiveAt), asc(releases.key))
    .limit(mostReleases);
}
