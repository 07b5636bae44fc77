import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../src/db/open-database.ts';
import { deliveries, timers } from '../../src/db/schema/outbox.ts';
import { type HttpServer, startHttpServer } from '../../src/http/http-server.ts';
import { metricsRoutes } from '../../src/http/metrics.ts';
import { silentLog } from '../../src/lib/log.ts';
import { createTestDatabase, type TestDatabase } from '../support/services.ts';

const now = Date.parse('2027-03-01T08:00:00Z');
let home: TestDatabase;
let db: Database;
let server: HttpServer;

beforeEach(async () => {
  home = await createTestDatabase();
  db = await openDatabase({ url: home.url, max: 2, log: silentLog });
  const routes = [metricsRoutes({ db, clock: { now: () => now }, log: silentLog })];
  server = await startHttpServer({ port: 0, host: '127.0.0.1', routes, log: silentLog });
});
afterEach(async () => {
  await server.close();
  if (!db.pool.ended) await db.close();
  await home.drop();
});

async function page(): Promise<string> {
  const response = await fetch(`${server.url}/metrics`);
  expect(response.headers.get('content-type')).toContain('text/plain');
  return response.text();
}

it('tells how the process does', async () => {
  expect(await page()).toMatch(/^process_resident_memory_bytes \d+$/m);
});

it('tells what waits, and for how long', async () => {
  const destination = { channel: 'slack', kind: 'channel', id: 'C1' } as const;
  const message = (state: 'pending' | 'unknown' | 'sent', secondsAgo: number) => ({
    ...{ id: randomUUID(), destination, subject: 'note', state },
    createdAt: new Date(now - secondsAgo * 1_000),
  });
  await db
    .insert(deliveries)
    .values([
      message('pending', 30),
      message('pending', 90),
      message('unknown', 900),
      message('sent', 9_000),
    ]);
  await db.insert(timers).values([
    { id: randomUUID(), kind: 'digest', subjectId: 'a', dueAt: new Date(now - 5_000) },
    { id: randomUUID(), kind: 'digest', subjectId: 'b', dueAt: new Date(now + 5_000) },
  ]);
  const lines = (await page()).split('\n');
  expect(lines).toEqual(
    expect.arrayContaining([
      'tminus_deliveries{state="pending"} 2',
      'tminus_deliveries{state="sending"} 0',
      'tminus_deliveries{state="unknown"} 1',
      'tminus_oldest_delivery_seconds 90',
      'tminus_due_timers 1',
      'tminus_oldest_timer_seconds 5',
      'tminus_releases{state="in_progress"} 0',
      'tminus_stale_cards 0',
      'tminus_late_requests 0',
      'tminus_running_operations 0',
      'tminus_database_up 1',
    ]),
  );
});

it('says that the database is away, and still how the process does', async () => {
  await db.close();
  const text = await page();
  expect(text).toContain('tminus_database_up 0');
  expect(text).not.toContain('tminus_deliveries');
  expect(text).toMatch(/^process_resident_memory_bytes \d+$/m);
});
