import type { Database } from '../../db/open-database.ts';
import { findCalendarReleases, isCalendarToken } from '../../db/queries/calendar.ts';
import type { Clock } from '../../lib/clock.ts';
import { storable } from '../../services/kernel/storable.ts';
import type { HttpRoutes } from '../http-server.ts';
import { writeCalendar } from './write-calendar.ts';

/** What has ended stays in the calendar for so long, so that a cancelled release is seen to be cancelled. */
const shownAfterEndMs = 30 * 24 * 60 * 60_000;

/** Base64url, as tokens are made of; what can't be one is not asked for. */
const tokenPattern = /^[\w-]+$/;

interface Request {
  Params: { token: string };
  /** A list when it is given more than once. */
  Querystring: { release?: string | string[] };
}

/**
 * `GET /calendar/<token>.ics`: the releases, for whoever has somebody's link; `?release=<key>` only one. A token that
 * is nobody's is answered like a path that does not exist.
 */
export function calendarRoutes({ db, clock }: { db: Database; clock: Pick<Clock, 'now'> }): HttpRoutes {
  return async (server) => {
    server.get<Request>('/calendar/:token.ics', async (request, reply) => {
      const { token } = request.params;
      const isOpen = tokenPattern.test(token) && (await isCalendarToken(db, token));
      if (!isOpen) return reply.code(404).send();
      const { release } = request.query;
      const key = typeof release === 'string' ? storable(release) : undefined;
      const releases = await findCalendarReleases(db, { key, endedAfter: clock.now() - shownAfterEndMs });
      return reply
        .header('content-type', 'text/calendar; charset=utf-8')
        .header('cache-control', 'private, no-cache')
        .send(writeCalendar(releases));
    });
  };
}
