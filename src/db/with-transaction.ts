import pg from 'pg';
import type { Database } from './open-database.ts';
import { OpenTransaction } from './open-transaction.ts';
import type { Transaction } from './transaction.ts';
import { TransactionPart } from './transaction-part.ts';

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

function runOnce<Value>(pool: pg.Pool, work: (tx: Transaction) => Promise<Value>): Promise<Value> {
  return withConnection(pool, async (client) => {
    const transaction = new OpenTransaction(client, { isShared: false });
    const part = new TransactionPart(transaction);
    try {
      const value = await work(part);
      part.end();
      await transaction.commit([part]);
      return value;
    } finally {
      part.end();
    }
  });
}

/** Lends a connection to `run`, which opens a transaction on it and ends it; when `run` fails, it is rolled back. */
export async function withConnection<Value>(
  pool: pg.Pool,
  run: (client: pg.PoolClient) => Promise<Value>,
): Promise<Value> {
  const client = await pool.connect();
  try {
    const value = await run(client);
    client.release();
    return value;
  } catch (error) {
    await rollBack(client);
    throw error;
  }
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
