import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { silentLog } from '../../src/db/log.ts';
import { type Database, openDatabase } from '../../src/db/open-database.ts';
import { createHttpRoutes } from '../../src/http/routes.ts';
import { createTestDatabase, type TestDatabase } from '../support/services.ts';

let home: TestDatabase;
let db: Database;
let server: Server;
const said: string[] = [];

beforeEach(async () => {
  said.length = 0;
  home = await createTestDatabase();
  db = await openDatabase({ url: home.url, max: 1, log: silentLog });
  const log = { ...silentLog, error: (_: object, message: string) => void said.push(message) };
  const answer = createHttpRoutes({ db, log });
  server = createServer((request, response) => {
    if (!answer(request, response)) response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  server.close();
  if (!db.pool.ended) await db.close();
  await home.drop();
});

function ask(path: string, method = 'GET'): Promise<Response> {
  return fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, { method });
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

it.each([
  ['/', 'GET'],
  ['/healthz', 'POST'],
  ['/healthz/more', 'GET'],
])('leaves %s by %s to others', async (path, method) => {
  expect((await ask(path, method)).status).toBe(404);
});
