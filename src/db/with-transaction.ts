import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import type { Database, Orm, Queryable } from './open-database.ts';
import { ormConfig } from './orm-config.ts';

/** An open transaction. Both ways in throw once it has ended, so that no late write goes unprotected. */
export interface Transaction {
  /** For prepared statements of the hot path. */
  readonly client: Queryable;
  readonly orm: Orm;
}

/** A transaction was used after its end, which would have written outside of it. */
export class TransactionEndedError extends Error {
  override readonly name = 'TransactionEndedError';
  constructor() {
    super('This transaction has ended; nothing can be read or written through it any more.');
  }
}

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

async function runOnce<Value>(pool: pg.Pool, work: (tx: Transaction) => Promise<Value>): Promise<Value> {
  const client = await pool.connect();
  const tx = new OpenTransaction(client);
  try {
    await client.query('BEGIN');
    const value = await work(tx);
    tx.end();
    await client.query('COMMIT');
    client.release();
    return value;
  } catch (error) {
    tx.end();
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

class OpenTransaction implements Transaction {
  #ended = false;
  readonly #client: pg.PoolClient;
  readonly client: Queryable;

  constructor(client: pg.PoolClient) {
    this.#client = client;
    this.client = {
      query: (query) => {
        this.#check();
        return client.query(query);
      },
    };
  }

  get orm(): Orm {
    this.#check();
    return ormOf(this.#client);
  }

  end(): void {
    this.#ended = true;
  }

  #check(): void {
    if (this.#ended) throw new TransactionEndedError();
  }
}

const orms = new WeakMap<pg.PoolClient, Orm>();

/** Making a drizzle instance costs more than most queries, so a connection keeps its own. */
function ormOf(client: pg.PoolClient): Orm {
  const known = orms.get(client);
  if (known) return known;
  const orm = drizzle(client, ormConfig);
  orms.set(client, orm);
  return orm;
}

/** Drizzle wraps the driver's error; the cause has the code. */
function isConflictOfTransactions(error: unknown): boolean {
  if (error instanceof pg.DatabaseError) return error.code === '40001' || error.code === '40P01';
  return error instanceof Error && error.cause !== undefined && isConflictOfTransactions(error.cause);
}
