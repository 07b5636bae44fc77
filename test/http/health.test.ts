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
    processId: '00000000-0000-4000-a000-000000000001',
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

it('is well while the database takes writes', async () => {
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
  expect(said).toEqual(['the health check could not write to the database']);
});

it('names the database when that only answers reads', async () => {
  await db.pool.query(`SET default_transaction_read_only = on`);
  const response = await ask('/healthz');
  expect(response.status).toBe(503);
  expect(await response.json()).toEqual({ status: 'unavailable', part: 'database' });
  await db.pool.query(`SET default_transaction_read_only = off`);
  expect((await ask('/healthz')).status).toBe(200);
});

it('names the database when a write takes too long', async () => {
  const other = await openDatabase({ url: home.url, max: 1, log: silentLog });
  await ask('/healthz');
  await other.pool.query('BEGIN; LOCK TABLE processes IN ACCESS EXCLUSIVE MODE');
  const began = Date.now();
  const answers = await Promise.all([ask('/healthz'), ask('/healthz')]);
  expect(answers.map(({ status }) => status)).toEqual([503, 503]);
  expect(Date.now() - began).toBeLessThan(5_000);
  await other.close();
});

it('keeps one row of each process that was seen in the last day', async () => {
  await db.pool.query(
    `INSERT INTO processes VALUES (gen_random_uuid(), now() - interval '25 hours'), (gen_random_uuid(), now())`,
  );
  for (let times = 0; times < 3; times++) await ask('/healthz');
  expect((await db.pool.query('SELECT 1 FROM processes')).rowCount).toBe(2);
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
