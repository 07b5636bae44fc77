import { setImmediate as nextTurn } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Batch } from '../../src/db/batch.ts';
import { type Database, openDatabase } from '../../src/db/open-database.ts';
import { NothingClaimedError, type Transaction } from '../../src/db/transaction.ts';
import { withSharedTransaction } from '../../src/db/with-shared-transaction.ts';
import { withTransaction } from '../../src/db/with-transaction.ts';
import { silentLog } from '../../src/lib/log.ts';
import { createEmptyDatabase, type TestDatabase } from '../support/services.ts';

let home: TestDatabase;
let database: Database;

beforeAll(async () => {
  home = await createEmptyDatabase();
  database = await openDatabase({ url: home.url, max: 5, log: silentLog });
  await database.query({
    text: 'CREATE TABLE counters (name text PRIMARY KEY, value int NOT NULL); CREATE TABLE said (what text PRIMARY KEY)',
  });
});
beforeEach(async () => {
  await database.query({
    text: `TRUNCATE counters, said; INSERT INTO counters SELECT 'c' || n, 0 FROM generate_series(1, 9) AS n`,
  });
});
afterAll(async () => {
  await database.close();
  await home.drop();
});

/** Locks counters by name; null for one that is not there, or locked. */
const lockCounters: Batch<string, number | null> = async (db, names, { wait }) => {
  const { rows } = await db.query<{ name: string; value: number }>({
    text: `SELECT name, value FROM counters WHERE name = ANY($1) ORDER BY name FOR UPDATE ${wait ? '' : 'SKIP LOCKED'}`,
    values: [names],
  });
  return names.map((name) => rows.find((row) => row.name === name)?.value ?? null);
};

const sayAll: Batch<string, string> = async (db, words) => {
  await db.query({ text: 'INSERT INTO said SELECT * FROM unnest($1::text[])', values: [words] });
  return words.map((word) => `${word}!`);
};

async function lock(tx: Transaction, name: string): Promise<number> {
  const value = await tx.gather(lockCounters, name);
  tx.claim(value === null ? null : name);
  return value ?? Number.NaN;
}

/** Reads, then writes what it read and one: a lost lock would lose a count. */
async function count(tx: Transaction, name: string): Promise<void> {
  const value = await lock(tx, name);
  await tx.client.query({
    text: 'UPDATE counters SET value = $2 WHERE name = $1',
    values: [name, value + 1],
  });
}

/** What is about nothing that anyone else is about. */
const claimed = (work: (tx: Transaction) => Promise<void>) => (tx: Transaction) => {
  tx.claim(`own ${Math.random()}`);
  return work(tx);
};

async function transactionOf(tx: Transaction): Promise<string> {
  const { rows } = await tx.client.query<{ id: string }>({ text: 'SELECT pg_current_xact_id()::text AS id' });
  return rows[0]?.id ?? '';
}

async function counters(): Promise<Record<string, number>> {
  const { rows } = await database.query<{ name: string; value: number }>({
    text: 'SELECT name, value FROM counters WHERE value <> 0 ORDER BY name',
  });
  return Object.fromEntries(rows.map(({ name, value }) => [name, value]));
}

const trafficPercent = <Value>(work: (tx: Transaction) => Promise<Value>) =>
  withSharedTransaction(database, work);

/** Has another transaction hold a lock; returns what ends that transaction. */
async function holdLock(name: string): Promise<() => Promise<void>> {
  let letGo: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  let holder: Promise<void> = Promise.resolve();
  await new Promise<void>((isLocked) => {
    holder = withTransaction(database, async (tx) => {
      await lock(tx, name);
      isLocked();
      await held;
    });
  });
  return () => {
    letGo();
    return holder;
  };
}

/** All of it comes at the same moment, and so shares one transaction. */
function shareAll<Value>(
  works: ((tx: Transaction) => Promise<Value>)[],
): Promise<PromiseSettledResult<Value>[]> {
  return Promise.allSettled(works.map(trafficPercent));
}

describe('withSharedTransaction', () => {
  it('puts what waits at the same time into one transaction', async () => {
    const works = ['c1', 'c2', 'c3', 'c4', 'c5'].map((name) => async (tx: Transaction) => {
      await count(tx, name);
      return transactionOf(tx);
    });
    const ids = (await shareAll(works)).map((outcome) => outcome.status === 'fulfilled' && outcome.value);
    expect(new Set(ids).size).toBe(1);
    expect(await counters()).toEqual({ c1: 1, c2: 1, c3: 1, c4: 1, c5: 1 });
  });

  it('waits for what comes in the following turns of the event loop', async () => {
    const works = ['c1', 'c2', 'c3', 'c4'].map((name) => async (tx: Transaction) => {
      await lock(tx, name);
      return transactionOf(tx);
    });
    const running: Promise<string>[] = [];
    for (const work of works) {
      running.push(trafficPercent(work));
      await nextTurn();
    }
    expect(new Set(await Promise.all(running)).size).toBe(1);
  });

  it('asks for the locks of all in one statement', async () => {
    const sizes: number[] = [];
    const watched: typeof lockCounters = (db, names, how) => {
      sizes.push(names.length);
      return lockCounters(db, names, how);
    };
    await shareAll(['c1', 'c2', 'c3', 'c4'].map((name) => (tx) => tx.gather(watched, name)));
    expect(sizes).toEqual([4]);
  });

  it('leaves out what fails before it wrote anything, with its own error', async () => {
    const problem = new Error('no');
    const refused = async (tx: Transaction) => {
      await lock(tx, 'c2');
      throw problem;
    };
    const outcomes = await shareAll([(tx) => count(tx, 'c1'), refused, (tx) => count(tx, 'c3')]);
    expect(outcomes[1]).toEqual({ status: 'rejected', reason: problem });
    expect(await counters()).toEqual({ c1: 1, c3: 1 });
  });

  it('keeps nothing of what fails after it wrote, and all of the others', async () => {
    const problem = new Error('no');
    const half = async (tx: Transaction) => {
      await count(tx, 'c2');
      throw problem;
    };
    const outcomes = await shareAll([(tx) => count(tx, 'c1'), half, (tx) => count(tx, 'c3'), half]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'rejected']);
    expect(outcomes[1]).toMatchObject({ reason: problem });
    expect(await counters()).toEqual({ c1: 1, c3: 1 });
  });

  it('does the others when a statement of one fails', async () => {
    const failing = claimed(async (tx) => {
      await tx.client.query({ text: 'SELECT nothing FROM nowhere' });
    });
    const outcomes = await shareAll([(tx) => count(tx, 'c1'), failing, (tx) => count(tx, 'c3')]);
    expect(outcomes[1]).toMatchObject({ reason: { message: expect.stringContaining('nowhere') } });
    expect(await counters()).toEqual({ c1: 1, c3: 1 });
  });

  it('does what is about the same one after the other, in the order in which it came', async () => {
    const order: number[] = [];
    const works = Array.from({ length: 30 }, (_, index) => async (tx: Transaction) => {
      await count(tx, 'c1');
      order.push(index);
      return transactionOf(tx);
    });
    const ids = (await shareAll(works)).map((outcome) => outcome.status === 'fulfilled' && outcome.value);
    expect(await counters()).toEqual({ c1: 30 });
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(new Set(ids).size).toBeLessThan(8);
  });

  it('lets work about something else pass a queue about one thing', async () => {
    const ended: string[] = [];
    const counting = (name: string) => async (tx: Transaction) => {
      await count(tx, name);
      tx.finishWith(sayAll, `${name} ${ended.length} ${Math.random()}`, () => ended.push(name));
    };
    await shareAll([...Array.from({ length: 60 }, () => counting('c1')), counting('c2')]);
    expect(ended.indexOf('c2')).toBeLessThan(30);
    expect(await counters()).toEqual({ c1: 60, c2: 1 });
  });

  it('waits for a lock of another transaction, and nobody else waits with it', async () => {
    const letGo = await holdLock('c1');
    const blocked = trafficPercent((tx) => count(tx, 'c1'));
    await shareAll(['c2', 'c3', 'c4'].map((name) => (tx) => count(tx, name)));
    expect(await counters()).toEqual({ c2: 1, c3: 1, c4: 1 });
    await Promise.all([letGo(), blocked]);
    expect(await counters()).toEqual({ c1: 1, c2: 1, c3: 1, c4: 1 });
  });

  it('leaves connections to the others however much work waits for one lock', async () => {
    const letGo = await holdLock('c1');
    const wide = await openDatabase({ url: home.url, max: 10, log: silentLog });
    const blocked = Array.from({ length: 40 }, () => withSharedTransaction(wide, (tx) => count(tx, 'c1')));
    // Until the first of it has given up to share, and waits for the lock.
    while (wide.pool.totalCount - wide.pool.idleCount < 6)
      await new Promise((resolve) => setTimeout(resolve, 5));
    for (let round = 0; round < 5; round++) {
      await withSharedTransaction(wide, (tx) => count(tx, 'c2'));
      await withTransaction(wide, (tx) => count(tx, 'c3'));
    }
    expect(await counters()).toEqual({ c2: 5, c3: 5 });
    await Promise.all([letGo(), ...blocked]);
    expect(await counters()).toEqual({ c1: 40, c2: 5, c3: 5 });
    await wide.close();
  });

  it('lets nothing be written before something is claimed', async () => {
    const hasty = async (tx: Transaction) => {
      await tx.client.query({ text: `UPDATE counters SET value = 9 WHERE name = 'c9'` });
    };
    const outcomes = await shareAll([hasty, (tx) => count(tx, 'c1')]);
    expect(outcomes[0]).toMatchObject({ reason: expect.any(NothingClaimedError) });
    expect(await counters()).toEqual({ c1: 1 });
  });

  it('commits nothing when a last statement is not sent', async () => {
    const unsayable: Batch<string, string> = () => Promise.reject(new TypeError('no such value'));
    const finishing = (name: string) => async (tx: Transaction) => {
      await count(tx, name);
      if (name === 'c2') tx.finishWith(unsayable, name, () => undefined);
    };
    const outcomes = await shareAll(['c1', 'c2', 'c3'].map(finishing));
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(outcomes[1]).toMatchObject({ reason: expect.any(TypeError) });
    expect(await counters()).toEqual({ c1: 1, c3: 1 });
  });

  it('finds out by itself what is not there', async () => {
    const missing = (tx: Transaction) =>
      tx.gather(lockCounters, 'c99').then((value) => tx.claim(value === null ? null : 'x'));
    const outcomes = await shareAll([(tx) => count(tx, 'c1'), missing, missing]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled']);
  });

  it('finishes all in one statement with the commit, and tells each its output', async () => {
    const told: string[] = [];
    const finishing = (word: string) => async (tx: Transaction) => {
      tx.finishWith(sayAll, word, (output) => told.push(output));
    };
    await shareAll(['a', 'b', 'c'].map(finishing));
    expect(told).toEqual(['a!', 'b!', 'c!']);
  });

  it('finishes each alone when one of them makes the commit fail', async () => {
    await database.query({ text: `INSERT INTO said VALUES ('b')` });
    const told: string[] = [];
    const finishing = (word: string, name: string) => async (tx: Transaction) => {
      await count(tx, name);
      tx.finishWith(sayAll, word, (output) => told.push(output));
    };
    const outcomes = await shareAll([
      finishing('a', 'c1'),
      finishing('b', 'c2'),
      finishing('c', 'c3'),
      finishing('d', 'c4'),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
    expect(outcomes[1]).toMatchObject({ reason: { code: '23505' } });
    expect(told.toSorted()).toEqual(['a!', 'c!', 'd!']);
    expect(await counters()).toEqual({ c1: 1, c3: 1, c4: 1 });
  });

  it('loses and doubles nothing when all sorts of things go wrong at once', async () => {
    const expected: Record<string, number> = {};
    let state = 7;
    const next = (below: number) => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      return Math.floor((state / 2_147_483_648) * below);
    };
    const works = Array.from({ length: 300 }, () => {
      const name = `c${1 + next(9)}`;
      const kind = next(10);
      if (kind > 2) expected[name] = (expected[name] ?? 0) + 1;
      return async (tx: Transaction) => {
        if (kind === 0) throw new Error('before');
        await count(tx, name);
        if (kind === 1) throw new Error('after');
        if (kind === 2) await tx.client.query({ text: 'SELECT 1 / 0' });
      };
    });
    await shareAll(works);
    expect(await counters()).toEqual(Object.fromEntries(Object.entries(expected).toSorted()));
  });

  it('loses no connection of the pool when the server cuts one off in the middle', async () => {
    const cut = claimed(async (tx) => {
      await tx.client.query({ text: 'SELECT pg_terminate_backend(pg_backend_pid())' });
    });
    for (let round = 0; round < 6; round++) {
      const outcomes = await shareAll([(tx) => count(tx, 'c1'), cut, (tx) => count(tx, 'c2')]);
      expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    }
    expect(await counters()).toEqual({ c1: 6, c2: 6 });
  });

  it('runs a deadlock with another transaction again', async () => {
    const attempts = { shared: 0 };
    let bothHold: () => void = () => undefined;
    const both = new Promise<void>((resolve) => {
      bothHold = resolve;
    });
    let holding = 0;
    const hold = () => {
      if (++holding === 2) bothHold();
      return both;
    };
    const shared = trafficPercent(async (tx) => {
      attempts.shared++;
      await count(tx, 'c1');
      await hold();
      await tx.client.query({ text: `UPDATE counters SET value = value + 1 WHERE name = 'c2'` });
    });
    const other = withTransaction(database, async (tx) => {
      await count(tx, 'c2');
      await hold();
      await tx.client.query({ text: `UPDATE counters SET value = value + 1 WHERE name = 'c1'` });
    });
    await Promise.all([shared, other]);
    expect(attempts.shared).toBeGreaterThan(1);
    expect(await counters()).toEqual({ c1: 2, c2: 2 });
  });

  it('throws the error of the statement that failed', async () => {
    const failing = trafficPercent(
      claimed(async (tx) => void (await tx.client.query({ text: 'SELECT 1 / 0' }))),
    );
    await expect(failing).rejects.toBeInstanceOf(pg.DatabaseError);
  });
});
