import { noteProcess } from '../db/note-process.ts';
import type { Database } from '../db/open-database.ts';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import { orAfter } from '../lib/or-after.ts';
import type { HttpRoutes } from './http-server.ts';
import type { Outage } from './outage.ts';

/** Platforms close sockets now and then, and a new one is there within seconds. That must alarm nobody. */
const tolerableOutageMs = 60_000;

interface Health {
  db: Database;
  processId: string;
  /** Of the connections that are kept open, by the name of the part. */
  outages: Readonly<Record<string, Pick<Outage, 'since'>>>;
  clock: Pick<Clock, 'wall'>;
  log: Log;
}

/** The container's health check waits for five seconds. */
const writeWithinMs = 4_000;

/**
 * `GET /healthz`: 200 while the database takes writes and no connection that has to be open has been away for more than
 * a minute; else 503 with the part that is unhealthy.
 */
export function healthRoutes({ db, processId, outages, clock, log }: Health): HttpRoutes {
  /** However many ask at once, one write tells them all. */
  let writing: Promise<unknown> | null = null;
  const writeOnce = () => {
    writing ??= orAfter(noteProcess(db, processId), writeWithinMs, () => {
      throw new Error(`no answer within ${writeWithinMs} ms`);
    }).finally(() => {
      writing = null;
    });
    return writing;
  };
  const check = async () => {
    try {
      await writeOnce();
    } catch (error) {
      log.error({ error }, 'the health check could not write to the database');
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
