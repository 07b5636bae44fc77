import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Database } from '../db/open-database.ts';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { Outage } from './outage.ts';

/** Slack closes sockets now and then, and a new one is there within seconds. Whoever looks must not be alarmed. */
const bearableOutageMs = 60_000;

interface Health {
  db: Database;
  /** Of the socket to Slack. */
  slackOutage: Pick<Outage, 'since'>;
  clock: Pick<Clock, 'wall'>;
  log: Log;
}

/**
 * `GET /healthz`: 200 while the database answers and Slack's socket, where there is one, has not been away for more
 * than a minute; else 503 with the part that is ill.
 */
export function createHttpRoutes({ db, slackOutage, clock, log }: Health) {
  return (request: IncomingMessage, response: ServerResponse): boolean => {
    if (request.method !== 'GET' || request.url !== '/healthz') return false;
    db.pool.query('select 1').then(
      () => {
        const since = slackOutage.since();
        if (since === null || clock.wall() - since <= bearableOutageMs)
          return answer(response, 200, { status: 'ok' });
        answer(response, 503, {
          status: 'unavailable',
          part: 'slack',
          since: new Date(since).toISOString(),
        });
      },
      (error: unknown) => {
        log.error({ error }, 'the health check found no database');
        answer(response, 503, { status: 'unavailable', part: 'database' });
      },
    );
    return true;
  };
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}
