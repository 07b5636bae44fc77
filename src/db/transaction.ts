import type { Batch } from './batch.ts';
import type { Queryable } from './open-database.ts';

/** What one piece of work sees of its transaction. Every way in throws once the work has ended. */
export interface Transaction {
  /** For what is written, and read in between. In a shared transaction it throws before something is claimed. */
  readonly client: Queryable;
  /**
   * For the locks and reads that an act begins with: they go out without waiting for BEGIN's answer, so that
   * all of them together cost one round trip. Not for writes, which a failed BEGIN would leave unprotected.
   */
  readonly opening: Queryable;
  /** Like `opening`, in one statement with all other work in this transaction that asks at the same time. */
  gather<Input, Output>(batch: Batch<Input, Output>, input: Input): Promise<Output>;
  /**
   * Says what the work has locked; null when it found nothing to lock.
   * @throws NotYoursError when the transaction is shared, and other work in it or elsewhere may hold the lock.
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

/** Work in a shared transaction can't have its lock now. */
export class NotYoursError extends Error {
  override readonly name = 'NotYoursError';
  /** What other work in the same transaction has claimed; null when it is not there, or locked by another transaction. */
  readonly claimed: string | null;

  constructor(claimed: string | null) {
    super('Other work has the lock, or there is nothing to lock.');
    this.claimed = claimed;
  }
}

/** Work in a shared transaction wrote before it had locked anything, and so beside all others in it. */
export class NothingClaimedError extends Error {
  override readonly name = 'NothingClaimedError';
  constructor() {
    super('In a shared transaction, work begins with its lock.');
  }
}
