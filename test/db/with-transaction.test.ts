import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../src/db/open-database.ts';
import { type Transaction, TransactionEndedError } from '../../src/db/transaction.ts';
import { withTransaction } from '../../src/db/with-transaction.ts';
import { silentLog } from '../../src/lib/log.ts';
import { createEmptyDatabase, type TestDatabase } from '../support/services.ts';

let home: TestDatabase;
let database: Database;

beforeAll(async () => {
  home = await createEmptyDatabase();
  database = await openDatabase({ url: home.url, max: 2, log: silentLog });
  await database.pool.query('CREATE TABLE counters (name text PRIMARY KEY, value int NOT NULL)');
});
beforeEach(async () => {
  await database.pool.query("TRUNCATE counters; INSERT INTO counters VALUES ('a', 0), ('b', 0)");
});
afterAll(async () => {
  await database.close();
  await home.drop();
});

const add = (tx: Transaction, name: string) =>
  tx.$client.query({ text: 'UPDATE counters SET value = value + 1 WHERE name = $1', values: [name] });

async function readCounter(name: string): Promise<number | undefined> {
  const { rows } = await database.pool.query<{ value: number }>(
    'SELECT value FROM counters WHERE name = $1',
    [name],
  );
  return rows[0]?.value;
}

describe('withTransaction', () => {
  it('commits what the work did, and returns its value', async () => {
    const value = await withTransaction(database, async (tx) => {
      await add(tx, 'a');
      await add(tx, 'a');
      return 'done';
    });
    expect(value).toBe('done');
    expect(await readCounter('a')).toBe(2);
  });

  it('rolls back when the work throws, and throws the same error on', async () => {
    const problem = new Error('no');
    const failing = withTransaction(database, async (tx) => {
      await add(tx, 'a');
      throw problem;
    });
    await expect(failing).rejects.toBe(problem);
    expect(await readCounter('a')).toBe(0);
  });

  it('commits what is asked last along with the rest', async () => {
    await withTransaction(
      database,
      (tx) => add(tx, 'a'),
      async (tx) => void (await Promise.all([add(tx, 'b'), add(tx, 'b')])),
    );
    expect([await readCounter('a'), await readCounter('b')]).toEqual([1, 2]);
  });

  it('rolls back when what is asked last fails, although COMMIT was sent with it', async () => {
    const taken = "INSERT INTO counters VALUES ('a', 0)";
    const failing = withTransaction(
      database,
      (tx) => add(tx, 'a'),
      async (tx) => void (await Promise.all([tx.$client.query({ text: taken }), add(tx, 'b')])),
    );
    await expect(failing).rejects.toMatchObject({ code: '23505' });
    expect([await readCounter('a'), await readCounter('b')]).toEqual([0, 0]);
    // Neither connection of the pool was left in a transaction.
    await Promise.all([1, 2].map(() => withTransaction(database, (tx) => add(tx, 'a'))));
    expect(await readCounter('a')).toBe(2);
  });

  it('refuses what the end asks only after it has waited', async () => {
    const failing = withTransaction(
      database,
      (tx) => add(tx, 'a'),
      async (tx) => {
        await add(tx, 'a');
        await add(tx, 'b');
      },
    );
    await expect(failing).rejects.toBeInstanceOf(TransactionEndedError);
    expect(await readCounter('b')).toBe(0);
  });

  it('refuses everything through a transaction that has ended', async () => {
    const committed = await withTransaction(database, async (tx) => ({ tx }));
    expect(() => committed.tx.$client.query({ text: 'SELECT 1' })).toThrow(TransactionEndedError);
    await expect(committed.tx.execute('SELECT 1')).rejects.toMatchObject({
      cause: expect.any(TransactionEndedError),
    });
  });

  it('runs the work again after a deadlock, so that both sides get through', async () => {
    let waiting = 0;
    let bothHold: () => void = () => undefined;
    const both = new Promise<void>((resolve) => {
      bothHold = resolve;
    });
    let attempts = 0;
    const crossing = (first: string, second: string) =>
      withTransaction(database, async (tx) => {
        attempts++;
        await add(tx, first);
        if (++waiting === 2) bothHold();
        await both;
        await add(tx, second);
      });
    await Promise.all([crossing('a', 'b'), crossing('b', 'a')]);
    expect(attempts).toBeGreaterThan(2);
    expect([await readCounter('a'), await readCounter('b')]).toEqual([2, 2]);
  });

  it('runs the work again after a deadlock of statements that were sent together', async () => {
    const fail = `DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '40P01'; END $$`;
    let attempts = 0;
    await withTransaction(database, async (tx) => {
      attempts++;
      const first = attempts === 1 ? tx.execute(fail) : add(tx, 'a');
      await Promise.all([first, add(tx, 'b')]);
    });
    expect(attempts).toBe(2);
    expect([await readCounter('a'), await readCounter('b')]).toEqual([1, 1]);
  });

  it('gives up after five conflicts', async () => {
    let attempts = 0;
    const failing = withTransaction(database, async (tx) => {
      attempts++;
      await tx.$client.query({ text: `DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '40001'; END $$` });
    });
    await expect(failing).rejects.toBeInstanceOf(pg.DatabaseError);
    expect(attempts).toBe(5);
  });

  it('runs the work once when it fails for any other reason', async () => {
    let attempts = 0;
    const failing = withTransaction(database, async (tx) => {
      attempts++;
      await tx.$client.query({ text: 'SELECT nothing FROM nowhere' });
    });
    await expect(failing).rejects.toThrow('nowhere');
    expect(attempts).toBe(1);
  });

  it('loses no connection of the pool when BEGIN fails', async () => {
    const { pool } = database;
    const connect = async () => {
      const client = await pool.connect();
      const { rows } = await client.query('SELECT pg_backend_pid() AS pid');
      const closed = new Promise((resolve) => client.once('end', resolve));
      await pool.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid]);
      await closed;
      return client;
    };
    const cutOff: Database = Object.create(database, {
      pool: { value: Object.create(pool, { connect: { value: connect } }) },
    });
    for (let round = 0; round < 4; round++) {
      await expect(withTransaction(cutOff, (tx) => add(tx, 'a'))).rejects.toThrow();
    }
    await Promise.all([1, 2].map(() => withTransaction(database, (tx) => add(tx, 'a'))));
    expect(await readCounter('a')).toBe(2);
  });

  it('loses no connection of the pool when the server cuts them off in the middle', async () => {
    for (let round = 0; round < 4; round++) {
      const failing = withTransaction(database, async (tx) => {
        await tx.$client.query({ text: 'SELECT pg_terminate_backend(pg_backend_pid())' });
      });
      await expect(failing).rejects.toThrow();
    }
    await Promise.all([1, 2].map(() => withTransaction(database, (tx) => add(tx, 'a'))));
    expect(await readCounter('a')).toBe(2);
  });
});
