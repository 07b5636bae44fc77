import type { Database } from '../db/open-database.ts';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { HttpRoutes } from './http-server.ts';
import type { Outage } from './outage.ts';

/** Platforms close sockets now and then, and a new one is there within seconds. That must alarm nobody. */
const tolerableOutageMs = 60_000;

interface Health {
  db: Database;
  /** Of the connections that are kept open, by the name of the part. */
  outages: Readonly<Record<string, Pick<Outage, 'since'>>>;
  clock: Pick<Clock, 'wall'>;
  log: Log;
}

/**
 * `GET /healthz`: 200 while the database answers and no connection that has to be open has been away for more than
 * a minute; else 503 with the part that is unhealthy.
 */
export function healthRoutes({ db, outages, clock, log }: Health): HttpRoutes {
  const check = async () => {
    try {
      await db.pool.query('select 1');
    } catch (error) {
      log.error({ error }, 'the health check found no database');
      return { status: 'unavailable', part: 'database' };
    }
    for (const [part, outage] of Object.entries(outages)) {
      const since = outage.since();
      if (since === null || clock.wall() - since <= tolerableOutageMs) continue;
      return { status: 'unavailable', part, since: new Date(since).toISOString() };
    }
    return { status: 'ok' };
  };
  return async (server) => {
    server.get('/healthz', async (_request, reply) => {
      const health = await check();
      return reply
        .code(health.status === 'ok' ? 200 : 503)
        .header('cache-control', 'no-store')
        .send(health);
    });
  };
}
