import type { Database } from '../../db/open-database.ts';
import { findCalendarReleases, isCalendarToken } from '../../db/queries/calendar.ts';
import type { Clock } from '../../lib/clock.ts';
import type { HttpRoutes } from '../http-server.ts';
import { writeCalendar } from './write-calendar.ts';

/** What has ended stays in the calendar for so long, so that a cancelled release is seen to be cancelled. */
const shownAfterEndMs = 30 * 24 * 60 * 60_000;

interface Request {
  Params: { token: string };
  Querystring: { release?: string };
}

/**
 * `GET /calendar/<token>.ics`: the releases, for whoever has somebody's link; `?release=<key>` only one. A token that
 * is nobody's is answered like a path that does not exist.
 */
export function calendarRoutes({ db, clock }: { db: Database; clock: Pick<Clock, 'now'> }): HttpRoutes {
  return async (server) => {
    server.get<Request>('/calendar/:token.ics', async (request, reply) => {
      if (!(await isCalendarToken(db, request.params.token))) return reply.code(404).send();
      const { release: key } = request.query;
      const releases = await findCalendarReleases(db, { key, endedAfter: clock.now() - shownAfterEndMs });
      return reply
        .header('content-type', 'text/calendar; charset=utf-8')
        .header('cache-control', 'private, no-cache')
        .send(writeCalendar(releases));
    });
  };
}
