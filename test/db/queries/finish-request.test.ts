import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../../src/db/open-database.ts';
import { type FinishedRequest, finishRequests } from '../../../src/db/queries/finish-acts.ts';
import { withTransaction } from '../../../src/db/with-transaction.ts';
import { silentLog } from '../../../src/lib/log.ts';
import { verifyAudit } from '../../../src/services/audit/verify-audit.ts';
import { createTestDatabase, type TestDatabase } from '../../support/services.ts';

let home: TestDatabase;
let database: Database;

beforeAll(async () => {
  home = await createTestDatabase();
  database = await openDatabase({ url: home.url, max: 12, log: silentLog });
});
afterAll(async () => {
  await database.close();
  await home.drop();
});

function act(...chains: string[]): FinishedRequest {
  return { touched: new Set(), events: chains.map((chain) => ({ chain, body: { action: 'tested' } })) };
}

/** Without the lock of a release, which acts otherwise hold: the heads of the chains have to do. */
function finish(...acts: FinishedRequest[]): Promise<unknown> {
  return withTransaction(database, (tx) => finishRequests(tx.opening, acts, { wait: true }));
}

async function lengthOf(chain: string): Promise<number> {
  const { rows } = await database.query<{ count: string }>({
    text: 'select count(*) from audit_events where chain = $1',
    values: [chain],
  });
  return Number(rows[0]?.count);
}

it('begins chains and goes on with others in the same statement', async () => {
  await finish(act('old'));
  await finish(act('new-1', 'old', 'new-2'), act('old', 'new-1'), act());
  expect(await Promise.all(['old', 'new-1', 'new-2'].map(lengthOf))).toEqual([3, 2, 1]);
  expect((await verifyAudit(database)).broken).toEqual([]);
});

it('keeps the events of one chain in the order in which they were given', async () => {
  const events = [1, 2, 3, 4].map((number) => ({ chain: 'order', body: { action: `act.${number}` } }));
  await finish(
    { touched: new Set(), events: events.slice(0, 3) },
    { touched: new Set(), events: events.slice(3) },
  );
  const { rows } = await database.query<{ action: string }>({
    text: `select body::json ->> 'action' as action from audit_events where chain = 'order' order by seq`,
  });
  expect(rows.map(({ action }) => action)).toEqual(['act.1', 'act.2', 'act.3', 'act.4']);
});

it('breaks no chain and loses no event when many append at the same moment', async () => {
  const chains = ['a', 'b', 'c', 'd', 'e'];
  // Each names them in another order, one of them twice.
  const named = (number: number) =>
    [...chains, 'c'].map((_, place) => chains[(number + place) % chains.length] ?? 'a');
  await Promise.all(Array.from({ length: 60 }, (_, number) => finish(act(...named(number)))));
  const lengths = await Promise.all(chains.map(lengthOf));
  expect(lengths).toEqual(chains.map(() => (60 * 6) / chains.length));
  expect((await verifyAudit(database)).broken).toEqual([]);
});

it('keeps nothing of acts whose key is taken', async () => {
  const keyed = (): FinishedRequest => ({ ...act('taken'), inbox: { key: 'k', at: 0, answer: '{}' } });
  await finish(keyed());
  await expect(finish(keyed())).rejects.toMatchObject({ constraint: 'inbox_pkey' });
  expect(await lengthOf('taken')).toBe(1);
});

it.each([
  ['an event without a turn', ['a', 'b'], [1]],
  ['an event without a chain', ['a', null], [1, 1]],
  ['two events of a chain with one turn', ['a', 'a'], [1, 1]],
])('refuses %s', async (_what, chains, turns) => {
  const before = await lengthOf('a');
  await finish(act('a'));
  const finishing = database.query({
    text: `select finish_acts('{}', $1::text[], $2::integer[], $3::text[], '{}', '{}', '{}')`,
    values: [chains, turns, chains.map(() => '{}')],
  });
  await expect(finishing).rejects.toThrow(/finish_acts|audit_events_chain_seq_pk|null value/);
  expect(await lengthOf('a')).toBe(before + 1);
});
