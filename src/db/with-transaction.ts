import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import type { Database, Orm, Queryable } from './open-database.ts';
import { ormConfig } from './orm-config.ts';

/** An open transaction. Both ways in throw once it has ended, so that no late write goes unprotected. */
export interface Transaction {
  /** For prepared statements of the hot path. */
  readonly client: Queryable;
  /**
   * For the locks and reads that an act begins with: they go out without waiting for BEGIN's answer, so that
   * all of them together cost one round trip. Not for writes, which a failed BEGIN would leave unprotected.
   */
  readonly opening: Queryable;
  readonly orm: Orm;
  /**
   * The last statement, sent with COMMIT in one round trip once the work is done. Its failure makes
   * COMMIT roll back, and is thrown by `withTransaction`.
   */
  finishWith(query: pg.QueryConfig): void;
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
    const value = await work(tx);
    await tx.commit();
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
  #last: pg.QueryConfig | undefined;
  readonly #client: pg.PoolClient;
  readonly #begun: Promise<unknown>;
  readonly client: Queryable;
  readonly opening: Queryable;

  constructor(client: pg.PoolClient) {
    this.#client = client;
    holdBack(client);
    this.#begun = client.query('BEGIN');
    // Whoever waits for it hears of its failure; until somebody does, it is not unhandled.
    this.#begun.catch(() => undefined);
    this.client = {
      query: (query) => {
        this.#check();
        return this.#begun.then(() => client.query(query));
      },
    };
    this.opening = {
      query: (query) => {
        this.#check();
        return client.query(query);
      },
    };
  }

  finishWith(query: pg.QueryConfig): void {
    this.#check();
    this.#last = query;
  }

  async commit(): Promise<void> {
    this.end();
    await this.#begun;
    holdBack(this.#client);
    const last = this.#last ? this.#client.query(this.#last) : undefined;
    const [finished, committed] = await Promise.allSettled([last, this.#client.query('COMMIT')]);
    if (finished.status === 'rejected') throw finished.reason;
    if (committed.status === 'rejected') throw committed.reason;
    // COMMIT of a transaction in which something failed answers ROLLBACK, without an error.
    if (committed.value.command !== 'COMMIT') throw new Error('The transaction was rolled back.');
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

/** What is sent before the present turn of the event loop is over leaves in one packet. */
function holdBack(client: pg.PoolClient): void {
  const { stream } = client.connection;
  stream.cork();
  process.nextTick(() => stream.uncork());
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
