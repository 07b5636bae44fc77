import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../../src/db/open-database.ts';
import { type FinishedRequest, finishRequest } from '../../../src/db/queries/finish-request.ts';
import { withTransaction } from '../../../src/db/with-transaction.ts';
import { systemClock } from '../../../src/lib/clock.ts';
import { silentLog } from '../../../src/lib/log.ts';
import { sealTrail } from '../../../src/services/audit/seal-trail.ts';
import { verifyAudit } from '../../../src/services/audit/verify-audit.ts';
import { createTestDatabase, type TestDatabase } from '../../support/services.ts';
import { testTrailKeys } from '../../support/trail-keys.ts';

let home: TestDatabase;
let database: Database;

beforeAll(async () => {
  home = await createTestDatabase();
  database = await openDatabase({ url: home.url, max: 12, log: silentLog });
  await sealTrail({ db: database, clock: systemClock, trailKeys: testTrailKeys });
});
afterAll(async () => {
  await database.close();
  await home.drop();
});

function request(...chains: string[]): FinishedRequest {
  return { touched: new Map(), events: chains.map((chain) => ({ chain, body: { action: 'tested' } })) };
}

/** Without the lock of a release, which requests otherwise hold: the heads of the chains have to do. */
function finish(finished: FinishedRequest): Promise<unknown> {
  return withTransaction(database, (tx) => finishRequest(tx, finished, testTrailKeys.signer));
}

async function lengthOf(chain: string): Promise<number> {
  const { rows } = await database.pool.query<{ count: string }>(
    'select count(*) from audit_events where chain = $1',
    [chain],
  );
  return Number(rows[0]?.count);
}

it('begins chains and goes on with others in the same statement', async () => {
  await finish(request('old'));
  await finish(request('new-1', 'old', 'new-2', 'old', 'new-1'));
  await finish(request());
  expect(await Promise.all(['old', 'new-1', 'new-2'].map(lengthOf))).toEqual([3, 2, 1]);
  expect((await verifyAudit(database, testTrailKeys)).broken).toEqual([]);
});

it('keeps the events of one chain in the order in which they were given', async () => {
  const events = [1, 2, 3, 4].map((number) => ({ chain: 'order', body: { action: `step.${number}` } }));
  await finish({ touched: new Map(), events: events.slice(0, 3) });
  await finish({ touched: new Map(), events: events.slice(3) });
  const { rows } = await database.pool.query<{ action: string }>(
    `select body::json ->> 'action' as action from audit_events where chain = 'order' order by seq`,
  );
  expect(rows.map(({ action }) => action)).toEqual(['step.1', 'step.2', 'step.3', 'step.4']);
});

it('breaks no chain and loses no event when many append at the same moment', async () => {
  const chains = ['a', 'b', 'c', 'd', 'e'];
  // Each names them in another order, one of them twice.
  const named = (number: number) =>
    [...chains, 'c'].map((_, place) => chains[(number + place) % chains.length] ?? 'a');
  await Promise.all(Array.from({ length: 60 }, (_, number) => finish(request(...named(number)))));
  const lengths = await Promise.all(chains.map(lengthOf));
  expect(lengths).toEqual(chains.map(() => (60 * 6) / chains.length));
  expect((await verifyAudit(database, testTrailKeys)).broken).toEqual([]);
});

it('keeps nothing of a request whose key is taken', async () => {
  const keyed = (): FinishedRequest => ({
    ...request('taken'),
    answered: { key: 'k', at: new Date(0), answer: '{}' },
  });
  await finish(keyed());
  // Drizzle wraps what the server says of its own queries.
  const refused = finish(keyed()).catch((error: Error) => Promise.reject(error.cause ?? error));
  await expect(refused).rejects.toMatchObject({ constraint: 'inbox_pkey' });
  expect(await lengthOf('taken')).toBe(1);
});
