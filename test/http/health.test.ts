import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../src/db/open-database.ts';
import { healthRoutes } from '../../src/http/health.ts';
import { type HttpServer, startHttpServer } from '../../src/http/http-server.ts';
import { silentLog } from '../../src/lib/log.ts';
import { createTestDatabase, type TestDatabase } from '../support/services.ts';

let home: TestDatabase;
let db: Database;
let server: HttpServer;
/** Epoch ms: what the machine's clock shows, and since when Slack's socket is away. */
let now: number;
let awaySince: number | null;
const said: string[] = [];

beforeEach(async () => {
  said.length = 0;
  now = Date.parse('2027-03-01T08:00:00Z');
  awaySince = null;
  home = await createTestDatabase();
  db = await openDatabase({ url: home.url, max: 1, log: silentLog });
  const log = { ...silentLog, error: (_: object, message: string) => void said.push(message) };
  const health = healthRoutes({
    db,
    outages: { slack: { since: () => awaySince } },
    clock: { wall: () => now },
    log,
  });
  server = await startHttpServer({ port: 0, host: '127.0.0.1', routes: [health], log: silentLog });
});
afterEach(async () => {
  await server.close();
  if (!db.pool.ended) await db.close();
  await home.drop();
});

function ask(path: string, method = 'GET'): Promise<Response> {
  return fetch(`${server.url}${path}`, { method });
}

it('is well while the database answers', async () => {
  const response = await ask('/healthz');
  expect(response.status).toBe(200);
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(await response.json()).toEqual({ status: 'ok' });
});

it('names the database, and nothing about it, when that does not answer', async () => {
  await db.close();
  const response = await ask('/healthz');
  expect(response.status).toBe(503);
  expect(await response.json()).toEqual({ status: 'unavailable', part: 'database' });
  expect(said).toEqual(['the health check found no database']);
});

it("is well while Slack's socket is replaced", async () => {
  awaySince = now - 60_000;
  const response = await ask('/healthz');
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({ status: 'ok' });
});

it('names Slack, and since when, when its socket has been away for more than a minute', async () => {
  awaySince = now - 60_001;
  const response = await ask('/healthz');
  expect(response.status).toBe(503);
  expect(await response.json()).toEqual({
    status: 'unavailable',
    part: 'slack',
    since: '2027-03-01T07:58:59.999Z',
  });
});

it('names the database when Slack is away too', async () => {
  awaySince = now - 60_001;
  await db.close();
  expect(await (await ask('/healthz')).json()).toEqual({ status: 'unavailable', part: 'database' });
});

it.each([
  ['/', 'GET'],
  ['/healthz', 'POST'],
  ['/healthz/more', 'GET'],
])('leaves %s by %s to others', async (path, method) => {
  expect((await ask(path, method)).status).toBe(404);
});
