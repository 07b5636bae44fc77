import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { untilQuiet } from '../lib/until-quiet.ts';
import type { Database } from './open-database.ts';
import { maxTurns, runTogether, SpoiltError, type Together } from './run-together.ts';
import { NotYoursError, type Transaction } from './transaction.ts';
import { withConnection, withTransaction } from './with-transaction.ts';

/** While the one waits for the disk, the other is decided. With more of them, less comes together in each. */
const transactionsAtOnce = 2;
/** What all wait for when one of them is slow. */
const maxInOne = 64;
/** How often work whose lock another transaction has tries to share one, before it waits for the lock in its own. */
const maxTries = 3;
/** How often work is done again after its connection failed, before it fails itself. */
const maxCuts = 1;
/** So much of it waits at a time, each with a connection of the pool; the others must find connections too. */
const maxAlone = 6;
/** How long the rest of it stands back before it tries again, ms. */
const standBackMs = 25;

/**
 * Like `withTransaction`, in one transaction with other such work that waits at the same time: the round
 * trips and the commit are shared, and a result is known when all of it is committed. Work about the same is
 * done one after the other, each seeing what was written before. Work that fails before it has
 * written is left out; when more goes wrong than that, each runs again in a transaction of its own.
 *
 * So work may run twice, also after a commit of which the end is not known: it must know itself by a key of
 * its own, and do nothing but use `tx`. It begins with the lock of what it is about (`gather` and `claim`).
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

interface Waiting extends Together {
  /** How often another transaction had its lock, or there was nothing to lock. */
  tries: number;
  /** How often the connection failed under it. */
  cuts: number;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

/** The work that waits to share a transaction. */
class Sharing {
  readonly #database: Database;
  readonly #waiting: Waiting[] = [];
  /** Of a transaction that failed as a whole: the one to blame is found when each has one for itself. */
  readonly #suspects: Waiting[] = [];
  /** What is known of what the running transactions have locked: nobody else in this process tries it meanwhile. */
  readonly #busy = new Set<string>();
  #running = 0;
  #alone = 0;
  #isGathering = false;

  constructor(database: Database) {
    this.#database = database;
  }

  join<Value>(work: (tx: Transaction) => Promise<Value>): Promise<Value> {
    return new Promise<Value>((resolve, reject) => {
      const settle = (value: unknown) => resolve(value as Value);
      this.#waiting.push({ work, about: null, tries: 0, cuts: 0, resolve: settle, reject });
      void this.#gather();
    });
  }

  /** Starts when no more work comes; at once, whoever came first would have a transaction for itself. */
  async #gather(): Promise<void> {
    if (this.#isGathering) return;
    this.#isGathering = true;
    await untilQuiet(() => Math.min(this.#waiting.length, maxInOne));
    this.#isGathering = false;
    this.#startNext();
  }

  #startNext(): void {
    while (this.#running < transactionsAtOnce) {
      const next = this.#takeNext();
      if (next.length === 0) return;
      const about = next.flatMap((one) => one.about ?? []);
      for (const id of about) this.#busy.add(id);
      this.#running++;
      void this.#run(next).finally(() => {
        this.#running--;
        for (const id of about) this.#busy.delete(id);
        void this.#gather();
      });
    }
  }

  #takeNext(): Waiting[] {
    if (this.#suspects.length > 0) return this.#suspects.splice(0, 1);
    const taken = takeSome(this.#waiting, this.#busy);
    const left = this.#waiting.filter((one) => !taken.has(one));
    this.#waiting.splice(0, this.#waiting.length, ...left);
    return [...taken];
  }

  /** Never rejects, and does not wait for what has to wait itself. */
  async #run(all: readonly Waiting[]): Promise<void> {
    try {
      const outcomes = await withConnection(this.#database.pool, (client) => runTogether(client, all));
      const again: Waiting[] = [];
      for (const [index, one] of all.entries()) {
        const outcome = outcomes[index];
        if (outcome) this.#settle(one, outcome);
        else again.push(one);
      }
      this.#waiting.unshift(...again);
    } catch (error) {
      this.#recover(all, error);
    }
  }

  #settle(one: Waiting, outcome: PromiseSettledResult<unknown>): void {
    if (outcome.status === 'fulfilled') one.resolve(outcome.value);
    else if (!(outcome.reason instanceof NotYoursError)) one.reject(outcome.reason);
    // The first look again is at once: a lock is mostly held for a moment only.
    else if (++one.tries === 1) this.#waiting.push(one);
    else if (one.tries < maxTries) void this.#standBack(one, this.#waiting);
    else this.#goAlone(one, this.#waiting);
  }

  #recover(all: readonly Waiting[], error: unknown): void {
    const [first] = all;
    if (!(error instanceof SpoiltError || error instanceof pg.DatabaseError)) {
      for (const one of all) {
        if (++one.cuts > maxCuts) one.reject(error);
        else this.#waiting.push(one);
      }
    } else if (all.length === 1 && first) this.#goAlone(first, this.#suspects);
    else this.#suspects.push(...all);
  }

  /** In a transaction of its own it may wait for a lock, and learns what is not there. */
  #goAlone(one: Waiting, otherwise: Waiting[]): void {
    if (this.#alone === maxAlone) return void this.#standBack(one, otherwise);
    this.#alone++;
    withTransaction(this.#database, one.work)
      .then(one.resolve, one.reject)
      .finally(() => {
        this.#alone--;
      });
  }

  async #standBack(one: Waiting, list: Waiting[]): Promise<void> {
    await pause(standBackMs);
    list.push(one);
    void this.#gather();
  }
}

/** The first of those that wait, but nothing that is busy, and no more about the same than has turns in one transaction. */
function takeSome(waiting: readonly Waiting[], busy: ReadonlySet<string>): Set<Waiting> {
  const taken = new Set<Waiting>();
  const sizes = new Map<string, number>();
  for (const one of waiting) {
    if (taken.size === maxInOne) break;
    const { about } = one;
    const size = about === null ? 0 : (sizes.get(about) ?? 0);
    if (size === maxTurns || (about !== null && busy.has(about))) continue;
    if (about !== null) sizes.set(about, size + 1);
    taken.add(one);
  }
  return taken;
}
