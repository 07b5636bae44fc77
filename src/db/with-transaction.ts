import pg from 'pg';
import type { Database } from './open-database.ts';
import { queriesOn } from './queries-on.ts';
import { type Transaction, TransactionEndedError } from './transaction.ts';

const maxAttempts = 5;

/**
 * Runs `work` in one transaction and commits; any error rolls back and is thrown on. A deadlock or a
 * serialization failure runs `work` again, up to five times in all, so it must do nothing but use `tx`.
 */
export async function withTransaction<Value>(
  database: Database,
  work: (tx: Transaction) => Promise<Value>,
): Promise<Value> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await runOnce(database.pool, work);
    } catch (error) {
      if (attempt === maxAttempts || !isConflictOfTransactions(error)) throw error;
    }
  }
}

/** Drizzle's own helper loses the connection when BEGIN fails, and its transaction can be used after the commit. */
async function runOnce<Value>(pool: pg.Pool, work: (tx: Transaction) => Promise<Value>): Promise<Value> {
  const client = await pool.connect();
  const guard = guardClient(client);
  try {
    await client.query('BEGIN');
    const value = await work(queriesOn(guard.client));
    guard.end();
    const { command } = await client.query('COMMIT');
    // COMMIT of a transaction in which something failed answers ROLLBACK, without an error.
    if (command !== 'COMMIT') throw new Error('The transaction was rolled back.');
    client.release();
    return value;
  } catch (error) {
    guard.end();
    await rollBack(client);
    throw error;
  }
}

/** The connection as the work sees it, until the work ends. */
function guardClient(client: pg.PoolClient): { client: pg.PoolClient; end(): void } {
  let isEnded = false;
  const query = (...args: unknown[]) => {
    if (isEnded) throw new TransactionEndedError();
    return Reflect.apply(client.query, client, args);
  };
  return {
    client: Object.assign(Object.create(client), { query }),
    end: () => {
      isEnded = true;
    },
  };
}

/** A connection on which even ROLLBACK fails is closed: the pool must never hand it out again. */
async function rollBack(client: pg.PoolClient): Promise<void> {
  try {
    await client.query('ROLLBACK');
    client.release();
  } catch (error) {
    client.release(error instanceof Error ? error : true);
  }
}

/** Drizzle wraps the driver's error; the cause has the code. */
function isConflictOfTransactions(error: unknown): boolean {
  if (error instanceof pg.DatabaseError) return error.code === '40001' || error.code === '40P01';
  return error instanceof Error && error.cause !== undefined && isConflictOfTransactions(error.cause);
}
