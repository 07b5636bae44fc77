import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Log } from '../db/log.ts';
import type { Database } from '../db/open-database.ts';

/** `GET /healthz`: 200 while the database answers, 503 with the part that does not. */
export function createHttpRoutes({ db, log }: { db: Database; log: Log }) {
  return (request: IncomingMessage, response: ServerResponse): boolean => {
    if (request.method !== 'GET' || request.url !== '/healthz') return false;
    db.pool.query('select 1').then(
      () => answer(response, 200, { status: 'ok' }),
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
