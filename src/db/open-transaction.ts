import type pg from 'pg';
import { type Batch, Gathering } from './batch.ts';
import type { Queryable } from './open-database.ts';
import { NotYoursError } from './transaction.ts';

/** Asks for the last statement of one piece of work; what is returned hands its output on after the commit. */
export type Finishing = (ending: Gathering) => Promise<() => void>;

/** One piece of work's part in the transaction. */
interface Part {
  readonly finishings: readonly Finishing[];
}

/**
 * `lock_timeout`: the longest that work in a shared transaction keeps the others waiting for a lock of another
 * transaction. `plan_cache_mode`: all of its statements look rows up by their keys. PostgreSQL would go on planning
 * some of them anew each time, for the number of keys, which takes longer than they do.
 */
const sharedBegin = [
  'BEGIN',
  "SET LOCAL lock_timeout = '500ms'",
  'SET LOCAL plan_cache_mode = force_generic_plan',
].join('; ');

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
    // After all that is ready to run now has asked.
    if (this.isShared && this.#gathering.isEmpty) process.nextTick(() => this.#gathering.flush());
    const answer = this.#gathering.ask(batch, input);
    if (!this.isShared) this.#gathering.flush();
    return answer;
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
    const ending = new Gathering((batch, inputs) => this.#ask(batch, inputs));
    const finishing = Promise.allSettled(parts.flatMap((part) => part.finishings).map((ask) => ask(ending)));
    const sentBefore = this.#sent;
    if (ending.flush() > this.#sent - sentBefore) {
      // COMMIT would keep everything but what the unsent statement was to add.
      this.isUnfinished = true;
      throwFailure(await finishing);
      throw new Error('The last statement of a transaction was not sent.');
    }
    const committing = this.#client.query('COMMIT');
    const [followUps, [committed]] = await Promise.all([finishing, Promise.allSettled([committing])]);
    throwFailure(followUps);
    if (committed.status === 'rejected') throw committed.reason;
    // COMMIT of a transaction in which something failed answers ROLLBACK, without an error.
    if (committed.value.command !== 'COMMIT') throw new Error('The transaction was rolled back.');
    for (const followUp of followUps) if (followUp.status === 'fulfilled') followUp.value();
  }

  #note<Value>(answer: Promise<Value>): Promise<Value> {
    answer.catch(() => {
      this.isBroken = true;
    });
    return answer;
  }
}

function throwFailure(outcomes: readonly PromiseSettledResult<unknown>[]): void {
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
}

/** What is sent before the present turn of the event loop is over leaves in one packet. */
function holdBack(client: pg.PoolClient): void {
  const { stream } = client.connection;
  stream.cork();
  process.nextTick(() => stream.uncork());
}
