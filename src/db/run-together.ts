import type pg from 'pg';
import { OpenTransaction } from './open-transaction.ts';
import { NotYoursError, type Transaction } from './transaction.ts';
import { TransactionPart } from './transaction-part.ts';

/** Work that shares a transaction. */
export interface Together {
  work: (tx: Transaction) => Promise<unknown>;
  /** What it was found to be about; null when that is not known yet. */
  about: string | null;
}

type Outcome = PromiseSettledResult<unknown>;

/** So often work about the same follows one another in a transaction, while everything in it waits. */
export const maxTurns = 8;

/** Some of the work in a shared transaction failed in a way that leaves nothing of it. */
export class SpoiltError extends Error {
  override readonly name = 'SpoiltError';
}

/**
 * Does all the work in one transaction, in turns: in each turn at most one that is about the same, so that it
 * sees what those before it wrote. Returns the outcomes in the order of the work; undefined for what has not
 * come to its turn, or has to come again.
 * The connection is left in its transaction when it throws: then nothing has happened, or it is not known
 * whether it has.
 * @throws SpoiltError when some of the work makes all of it impossible.
 */
export async function runTogether(
  client: pg.PoolClient,
  all: readonly Together[],
): Promise<readonly (Outcome | undefined)[]> {
  const transaction = new OpenTransaction(client, { isShared: true });
  const outcomes = new Map<Together, Outcome>();
  const done: TransactionPart[] = [];
  let waiting = [...all];
  for (let turn = 0; turn < maxTurns && waiting.length > 0; turn++) {
    for (const { one, part, outcome } of await runAtOnce(transaction, oneOfEach(waiting))) {
      const claimed = outcome.status === 'rejected' ? claimedByAnother(outcome.reason) : null;
      if (claimed === null) outcomes.set(one, outcome);
      else one.about = claimed;
      if (outcome.status === 'fulfilled') done.push(part);
    }
    transaction.releaseClaims();
    waiting = waiting.filter((one) => !outcomes.has(one));
  }
  await transaction.commit(done).catch((error: unknown) => {
    throw transaction.isUnfinished
      ? new SpoiltError('A last statement was not sent.', { cause: error })
      : error;
  });
  return all.map((one) => outcomes.get(one));
}

/** The first that is about each thing, and all of which it is not known. */
function oneOfEach(waiting: readonly Together[]): Together[] {
  const taken = new Set<string>();
  return waiting.filter(({ about }) => {
    if (about === null) return true;
    if (taken.has(about)) return false;
    taken.add(about);
    return true;
  });
}

async function runAtOnce(transaction: OpenTransaction, works: readonly Together[]) {
  const running = works.map(async (one) => {
    const part = new TransactionPart(transaction);
    const [outcome] = await Promise.allSettled([Promise.resolve(part).then(one.work)]);
    part.end();
    return { one, part, outcome };
  });
  const results = await Promise.all(running);
  const isSpoilt = results.some(({ part, outcome }) => part.hasWritten && outcome.status === 'rejected');
  if (transaction.isBroken || isSpoilt)
    throw new SpoiltError('The work in a transaction has to be done again.');
  return results;
}

function claimedByAnother(reason: unknown): string | null {
  return reason instanceof NotYoursError ? reason.claimed : null;
}
