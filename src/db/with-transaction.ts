import pg from 'pg';
import type { Database } from './open-database.ts';
import { queriesOn } from './queries-on.ts';
import { type Transaction, TransactionEndedError } from './transaction.ts';

const maxAttempts = 5;

/** Asks the last statements of a transaction, all of them before it waits for any: COMMIT goes out with them. */
type Finish<Value> = (tx: Transaction, value: Value) => Promise<void>;

/**
 * Runs `work` and then `finish` in one transaction and commits; any error rolls back and is thrown on. A deadlock or a
 * serialization failure runs both again, up to five times in all, so they must do nothing but use `tx`.
 */
export async function withTransaction<Value>(
  database: Database,
  work: (tx: Transaction) => Promise<Value>,
  finish: Finish<Value> = async () => undefined,
): Promise<Value> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await runOnce(database.pool, work, finish);
    } catch (error) {
      if (attempt === maxAttempts || !isConflictOfTransactions(error)) throw error;
    }
  }
}

/** Drizzle's own helper loses the connection when BEGIN fails, and its transaction can be used after the commit. */
async function runOnce<Value>(
  pool: pg.Pool,
  work: (tx: Transaction) => Promise<Value>,
  finish: Finish<Value>,
): Promise<Value> {
  const client = await pool.connect();
  const guard = guardClient(client);
  const tx = queriesOn(guard.client);
  try {
    // The first statements of the work go out behind it. It fails only with the connection, and so do they then.
    sendTogether(client);
    const begun = client.query('BEGIN');
    const [value] = await Promise.all([work(tx), begun]);
    const finished = finish(tx, value);
    guard.end();
    const [{ command }] = await Promise.all([client.query('COMMIT'), finished]);
    // COMMIT of a transaction in which something failed answers ROLLBACK, without an error.
    if (command !== 'COMMIT') throw new Error('The transaction was rolled back.');
    client.release();
    return value;
  } catch (error) {
    guard.end();
    await rollBack(client);
    throw isAborted(error) ? (guard.failure() ?? error) : error;
  }
}

interface Guard {
  client: pg.PoolClient;
  end(): void;
  /** Why the first statement failed that did. */
  failure(): unknown;
}

/** The connection as the work sees it, until the work ends. */
function guardClient(client: pg.PoolClient): Guard {
  let isEnded = false;
  let failure: unknown;
  const query = (...args: unknown[]): Promise<unknown> => {
    if (isEnded) throw new TransactionEndedError();
    sendTogether(client);
    const answer: Promise<unknown> = Reflect.apply(client.query, client, args);
    answer.catch((error: unknown) => {
      failure ??= error;
    });
    return answer;
  };
  return {
    client: Object.assign(Object.create(client), { query }),
    end: () => {
      isEnded = true;
    },
    failure: () => failure,
  };
}

/** What is asked in one go goes out in one packet: a write to the socket costs more than a statement. */
function sendTogether({ connection: { stream } }: pg.PoolClient): void {
  if (stream.writableCorked > 0) return;
  stream.cork();
  process.nextTick(() => stream.uncork());
}

/** A statement that was sent along with one that failed: why that one failed is what matters. */
function isAborted(error: unknown): boolean {
  return codeOf(error) === '25P02';
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

function isConflictOfTransactions(error: unknown): boolean {
  return ['40001', '40P01'].includes(codeOf(error) ?? '');
}

/** PostgreSQL's code. Drizzle wraps the driver's error; the cause has it. */
function codeOf(error: unknown): string | undefined {
  if (error instanceof pg.DatabaseError) return error.code;
  return error instanceof Error && error.cause !== undefined ? codeOf(error.cause) : undefined;
}
