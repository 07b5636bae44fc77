import { drizzle } from 'drizzle-orm/node-postgres';
import type pg from 'pg';
import { type Batch, Gathering } from './batch.ts';
import type { Orm, Queryable } from './open-database.ts';
import { ormConfig } from './orm-config.ts';

/** What one piece of work sees of its transaction. Every way in throws once the work has ended. */
export interface Transaction {
  /** For prepared statements of the hot path. */
  readonly client: Queryable;
  /**
   * For the locks and reads that an act begins with: they go out without waiting for BEGIN's answer, so that
   * all of them together cost one round trip. Not for writes, which a failed BEGIN would leave unprotected.
   */
  readonly opening: Queryable;
  readonly orm: Orm;
  /** Like `opening`, in one statement with all other work in this transaction that asks at the same time. */
  gather<Input, Output>(batch: Batch<Input, Output>, input: Input): Promise<Output>;
  /**
   * Says what the work has locked; null when it found nothing to lock.
   * @throws NotSharedError when the transaction is shared, and other work in it or elsewhere may hold the lock.
   */
  claim(id: string | null): void;
  /**
   * The last statement, sent with COMMIT in one round trip once the work is done; `then` gets its output
   * after the commit. Its failure makes COMMIT roll back, and is thrown by whoever opened the transaction.
   */
  finishWith<Input, Output>(batch: Batch<Input, Output>, input: Input, then: (output: Output) => void): void;
}

/** A transaction was used after its end, which would have written outside of it. */
export class TransactionEndedError extends Error {
  override readonly name = 'TransactionEndedError';
  constructor() {
    super('This transaction has ended; nothing can be read or written through it any more.');
  }
}

/** The work needs a transaction of its own, in which it can wait for its lock. */
export class NotSharedError extends Error {
  override readonly name = 'NotSharedError';
  constructor() {
    super('This work has to run in a transaction of its own.');
  }
}

/** The longest that work in a shared transaction keeps the others waiting for a lock of another transaction. */
const sharedBegin = "BEGIN; SET LOCAL lock_timeout = '500ms'";

interface Finishing {
  batch: Batch<never, unknown>;
  input: never;
  then: (output: never) => void;
}

/** A connection's transaction, for one piece of work or for several that share it. */
export class OpenTransaction {
  /** Something failed in it, so that it can only be rolled back. */
  isBroken = false;
  readonly isShared: boolean;
  readonly #client: pg.PoolClient;
  readonly #gathering = new Gathering((batch, inputs) => this.ask(batch, inputs));
  readonly #claims = new Map<string, TransactionPart>();
  #begun: Promise<unknown> | undefined;

  constructor(client: pg.PoolClient, { isShared }: { isShared: boolean }) {
    this.#client = client;
    this.isShared = isShared;
  }

  /** BEGIN goes out in one packet with what follows in the same turn of the event loop. */
  begin(): Promise<unknown> {
    if (this.#begun) return this.#begun;
    holdBack(this.#client);
    this.#begun = this.#note(this.#client.query(this.isShared ? sharedBegin : 'BEGIN'));
    // Whoever waits for it hears of its failure; until somebody does, it is not unhandled.
    this.#begun.catch(() => undefined);
    return this.#begun;
  }

  readonly queryable: Queryable = {
    query: (query) => {
      void this.begin();
      return this.#note(this.#client.query(query));
    },
  };

  get orm(): Orm {
    void this.begin();
    return ormOf(this.#client);
  }

  gather<Input, Output>(batch: Batch<Input, Output>, input: Input): Promise<Output> {
    if (this.isShared) return this.#gathering.ask(batch, input);
    return this.ask(batch, [input]).then(([output]) => output as Output);
  }

  ask<Input, Output>(batch: Batch<Input, Output>, inputs: Input[]): Promise<readonly Output[]> {
    return batch(this.queryable, inputs, { wait: !this.isShared });
  }

  claim(id: string | null, part: TransactionPart): void {
    if (!this.isShared) return;
    if (id === null || (this.#claims.get(id) ?? part) !== part) throw new NotSharedError();
    this.#claims.set(id, part);
  }

  /** Commits, after the last statements of the parts. */
  async commit(parts: readonly TransactionPart[]): Promise<void> {
    await this.begin();
    holdBack(this.#client);
    const finished = [...byBatch(parts)].map(async ([batch, finishings]) => {
      const outputs = await this.ask(
        batch,
        finishings.map(({ input }) => input),
      );
      return () => finishings.forEach(({ then }, index) => void then(outputs[index] as never));
    });
    const [committed, ...followUps] = await Promise.allSettled([this.#commitLast(), ...finished]);
    for (const followUp of followUps) if (followUp.status === 'rejected') throw followUp.reason;
    if (committed.status === 'rejected') throw committed.reason;
    // COMMIT of a transaction in which something failed answers ROLLBACK, without an error.
    if (committed.value.command !== 'COMMIT') throw new Error('The transaction was rolled back.');
    for (const followUp of followUps) if (followUp.status === 'fulfilled') followUp.value();
  }

  /** The statements before it were sent already, as far as they were sent at all. */
  #commitLast(): Promise<pg.QueryResult> {
    return this.#client.query('COMMIT');
  }

  #note<Value>(answer: Promise<Value>): Promise<Value> {
    answer.catch(() => {
      this.isBroken = true;
    });
    return answer;
  }
}

function byBatch(parts: readonly TransactionPart[]): Map<Finishing['batch'], Finishing[]> {
  const batches = new Map<Finishing['batch'], Finishing[]>();
  for (const finishing of parts.flatMap((part) => part.finishings)) {
    const known = batches.get(finishing.batch);
    if (known) known.push(finishing);
    else batches.set(finishing.batch, [finishing]);
  }
  return batches;
}

/** One piece of work's part in a transaction. */
export class TransactionPart implements Transaction {
  /** It may have written, so that it can't be left out of the commit any more. */
  hasWritten = false;
  readonly finishings: Finishing[] = [];
  readonly #transaction: OpenTransaction;
  #ended = false;

  constructor(transaction: OpenTransaction) {
    this.#transaction = transaction;
  }

  readonly client: Queryable = {
    query: (query) => {
      this.#check();
      this.hasWritten = true;
      return this.#transaction.begin().then(() => this.#transaction.queryable.query(query));
    },
  };

  readonly opening: Queryable = {
    query: (query) => {
      this.#check();
      return this.#transaction.queryable.query(query);
    },
  };

  get orm(): Orm {
    this.#check();
    this.hasWritten = true;
    return this.#transaction.orm;
  }

  gather<Input, Output>(batch: Batch<Input, Output>, input: Input): Promise<Output> {
    this.#check();
    return this.#transaction.gather(batch, input);
  }

  claim(id: string | null): void {
    this.#transaction.claim(id, this);
  }

  finishWith<Input, Output>(batch: Batch<Input, Output>, input: Input, then: (output: Output) => void): void {
    this.#check();
    this.finishings.push({ batch, input, then } as unknown as Finishing);
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
