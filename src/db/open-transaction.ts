import type pg from 'pg';
import { type Batch, Gathering } from './batch.ts';
import type { Queryable } from './open-database.ts';
import { NotYoursError } from './transaction.ts';

/** A last statement of one piece of work. */
export interface Finishing {
  batch: Batch<never, unknown>;
  input: never;
  then: (output: never) => void;
}

/** One piece of work's part in the transaction. */
interface Part {
  readonly finishings: readonly Finishing[];
}

/** The longest that work in a shared transaction keeps the others waiting for a lock of another transaction. */
const sharedBegin = "BEGIN; SET LOCAL lock_timeout = '500ms'";

/** A connection's transaction, for one piece of work or for several that share it. */
export class OpenTransaction {
  /** Something failed in it, so that it can only be rolled back. */
  isBroken = false;
  /** A last statement failed before it was sent, and nothing was committed. */
  isUnfinished = false;
  readonly isShared: boolean;
  readonly #client: pg.PoolClient;
  readonly #gathering = new Gathering((batch, inputs) => this.#ask(batch, inputs));
  #claims = new Map<string, Part>();
  #begun: Promise<unknown> | undefined;
  #sent = 0;

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
      this.#sent++;
      return this.#note(this.#client.query(query));
    },
  };

  gather<Input, Output>(batch: Batch<Input, Output>, input: Input): Promise<Output> {
    if (this.isShared) return this.#gathering.ask(batch, input);
    return this.#ask(batch, [input]).then(([output]) => output as Output);
  }

  #ask<Input, Output>(batch: Batch<Input, Output>, inputs: Input[]): Promise<readonly Output[]> {
    return batch(this.queryable, inputs, { wait: !this.isShared });
  }

  claim(id: string | null, part: Part): void {
    if (!this.isShared) return;
    if (id === null) throw new NotYoursError(null);
    if ((this.#claims.get(id) ?? part) !== part) throw new NotYoursError(id);
    this.#claims.set(id, part);
  }

  /** The work that claimed something has come to its end: the next may have it, and sees what was written. */
  releaseClaims(): void {
    this.#claims = new Map();
  }

  /** Commits, after the last statements of the parts. */
  async commit(parts: readonly Part[]): Promise<void> {
    await this.begin();
    holdBack(this.#client);
    const finishing = [...byBatch(parts)].map(([batch, list]) => this.#finish(batch, list));
    const unsent = finishing.find(({ isSent }) => !isSent);
    if (unsent) {
      // COMMIT would keep everything but what this statement was to add.
      this.isUnfinished = true;
      throw await failureOf(unsent.followUp);
    }
    const committing = this.#client.query('COMMIT');
    const [committed, ...followUps] = await Promise.allSettled([
      committing,
      ...finishing.map(({ followUp }) => followUp),
    ]);
    for (const followUp of followUps) if (followUp.status === 'rejected') throw followUp.reason;
    if (committed.status === 'rejected') throw committed.reason;
    // COMMIT of a transaction in which something failed answers ROLLBACK, without an error.
    if (committed.value.command !== 'COMMIT') throw new Error('The transaction was rolled back.');
    for (const followUp of followUps) if (followUp.status === 'fulfilled') followUp.value();
  }

  #finish(batch: Finishing['batch'], list: readonly Finishing[]) {
    const before = this.#sent;
    const asked = this.#ask(
      batch,
      list.map(({ input }) => input),
    );
    const followUp = asked.then((outputs) => () => {
      for (const [index, { then }] of list.entries()) then(outputs[index] as never);
    });
    followUp.catch(() => undefined);
    return { isSent: this.#sent > before, followUp };
  }

  #note<Value>(answer: Promise<Value>): Promise<Value> {
    answer.catch(() => {
      this.isBroken = true;
    });
    return answer;
  }
}

function failureOf(followUp: Promise<unknown>): Promise<unknown> {
  return followUp.then(
    () => new Error('The last statement of a transaction was not sent.'),
    (error: unknown) => error,
  );
}

function byBatch(parts: readonly Part[]): Map<Finishing['batch'], Finishing[]> {
  const batches = new Map<Finishing['batch'], Finishing[]>();
  for (const finishing of parts.flatMap((part) => part.finishings)) {
    const known = batches.get(finishing.batch);
    if (known) known.push(finishing);
    else batches.set(finishing.batch, [finishing]);
  }
  return batches;
}

/** What is sent before the present turn of the event loop is over leaves in one packet. */
function holdBack(client: pg.PoolClient): void {
  const { stream } = client.connection;
  stream.cork();
  process.nextTick(() => stream.uncork());
}
