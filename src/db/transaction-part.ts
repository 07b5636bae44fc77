import type { Batch } from './batch.ts';
import type { Queryable } from './open-database.ts';
import type { Finishing, OpenTransaction } from './open-transaction.ts';
import { NothingClaimedError, type Transaction, TransactionEndedError } from './transaction.ts';

/** One piece of work's part in a transaction. */
export class TransactionPart implements Transaction {
  /** It may have written, so that it can't be left out of the commit any more. */
  hasWritten = false;
  readonly finishings: Finishing[] = [];
  readonly #transaction: OpenTransaction;
  #hasClaimed = false;
  #ended = false;

  constructor(transaction: OpenTransaction) {
    this.#transaction = transaction;
  }

  readonly client: Queryable = {
    query: (query) => {
      this.#check();
      if (this.#transaction.isShared && !this.#hasClaimed) throw new NothingClaimedError();
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

  gather<Input, Output>(batch: Batch<Input, Output>, input: Input): Promise<Output> {
    this.#check();
    return this.#transaction.gather(batch, input);
  }

  claim(id: string | null): void {
    this.#transaction.claim(id, this);
    this.#hasClaimed = true;
  }

  finishWith<Input, Output>(batch: Batch<Input, Output>, input: Input, then: (output: Output) => void): void {
    this.#check();
    this.finishings.push(async (ending) => {
      const output = await ending.ask(batch, input);
      return () => then(output);
    });
  }

  end(): void {
    this.#ended = true;
  }

  #check(): void {
    if (this.#ended) throw new TransactionEndedError();
  }
}
