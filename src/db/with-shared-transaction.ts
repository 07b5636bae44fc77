import type pg from 'pg';
import type { Database } from './open-database.ts';
import { NotSharedError, OpenTransaction, type Transaction, TransactionPart } from './open-transaction.ts';
import { withConnection, withTransaction } from './with-transaction.ts';

/** While the one waits for the disk, the other is decided. With more of them, less comes together in each. */
const transactionsAtOnce = 2;
/** What all wait for when one of them is slow. */
const mostInOne = 32;
/** How often work whose lock is taken tries to share a transaction, before it waits for the lock in its own. */
const mostTries = 3;

/**
 * Like `withTransaction`, in one transaction with other such work that waits at the same time: the round
 * trips and the commit are shared, and a result is known when all of it is committed. Work that fails before
 * it has written is left out; when more goes wrong than that, each runs again in a transaction of its own.
 * So work may run twice, and must do nothing but use `tx`. It begins with the lock of what it is about
 * (`gather` and `claim`), and does not wait for anything but the database while it holds it.
 */
export function withSharedTransaction<Value>(
  database: Database,
  work: (tx: Transaction) => Promise<Value>,
): Promise<Value> {
  const known = sharings.get(database.pool);
  const sharing = known ?? new Sharing(database);
  if (!known) sharings.set(database.pool, sharing);
  return sharing.join(work);
}

const sharings = new WeakMap<pg.Pool, Sharing>();

interface Waiting {
  work: (tx: Transaction) => Promise<unknown>;
  /** How often it shared a transaction in vain, since its lock was taken. */
  tries: number;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

/** The work that waits to share a transaction. */
class Sharing {
  readonly #database: Database;
  #waiting: Waiting[] = [];
  #running = 0;

  constructor(database: Database) {
    this.#database = database;
  }

  join<Value>(work: (tx: Transaction) => Promise<Value>): Promise<Value> {
    return new Promise<Value>((resolve, reject) => {
      this.#waiting.push({ work, tries: 0, resolve: (value) => resolve(value as Value), reject });
      this.#startNext();
    });
  }

  #startNext(): void {
    if (this.#running === transactionsAtOnce || this.#waiting.length === 0) return;
    this.#running++;
    void this.#run(this.#waiting.splice(0, mostInOne)).finally(() => {
      this.#running--;
      this.#startNext();
    });
  }

  /** Never rejects, and does not wait for what has to run alone: that may have to wait for a lock. */
  async #run(all: Waiting[]): Promise<void> {
    const outcomes = await runTogether(this.#database.pool, all).catch(() => null);
    if (!outcomes) return all.forEach((one) => void this.#runAlone(one));
    const again: Waiting[] = [];
    for (const [index, outcome] of outcomes.entries()) {
      const one = all[index] as Waiting;
      if (outcome.status === 'fulfilled') one.resolve(outcome.value);
      else if (!(outcome.reason instanceof NotSharedError)) one.reject(outcome.reason);
      else if (++one.tries < mostTries) again.push(one);
      else this.#runAlone(one);
    }
    this.#waiting.unshift(...again);
  }

  #runAlone({ work, resolve, reject }: Waiting): void {
    withTransaction(this.#database, work).then(resolve, reject);
  }
}

/** @throws anything, when the transaction was rolled back and nothing has happened, or its end is not known. */
function runTogether(
  pool: pg.Pool,
  all: readonly Waiting[],
): Promise<readonly PromiseSettledResult<unknown>[]> {
  return withConnection(pool, async (client) => {
    const transaction = new OpenTransaction(client, { isShared: true });
    const parts = all.map(() => new TransactionPart(transaction));
    const outcomes = await Promise.allSettled(parts.map(async (part, index) => all[index]?.work(part)));
    for (const part of parts) part.end();
    const done = parts.filter((_, index) => outcomes[index]?.status === 'fulfilled');
    const isSpoilt = parts.some((part) => part.hasWritten && !done.includes(part));
    if (transaction.isBroken || isSpoilt) throw new NotSharedError();
    await transaction.commit(done);
    return outcomes;
  });
}
