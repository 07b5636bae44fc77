import type { Queryable } from './open-database.ts';

/**
 * One statement for the inputs of all who ask at the same time; an output for each, in their order. Sends
 * its query before it first waits. `wait` tells whether it may wait for locks of other transactions; when
 * not, it passes over what is locked.
 */
export type Batch<Input, Output> = (
  db: Queryable,
  inputs: readonly Input[],
  how: { wait: boolean },
) => Promise<readonly Output[]>;

interface Asked {
  input: unknown;
  answer(output: unknown): void;
  fail(error: unknown): void;
}

/** Sends a batch; `never` is what the inputs of all batches have in common. */
type Send = (batch: Batch<never, unknown>, inputs: never[]) => Promise<readonly unknown[]>;

/** Collects what is asked, until it is flushed, and asks it in as few statements as there are batches. */
export class Gathering {
  readonly #lists = new Map<Batch<never, unknown>, Asked[]>();
  readonly #send: Send;

  constructor(send: Send) {
    this.#send = send;
  }

  ask<Input, Output>(batch: Batch<Input, Output>, input: Input): Promise<Output> {
    return new Promise<Output>((resolve, fail) => {
      // A list has the inputs of its own batch, which gives each of them an output of its own.
      const asked: Asked = { input, answer: (output) => resolve(output as Output), fail };
      const list = this.#lists.get(batch);
      if (list) list.push(asked);
      else this.#lists.set(batch, [asked]);
    });
  }

  get isEmpty(): boolean {
    return this.#lists.size === 0;
  }

  /**
   * Sends the batches in the order in which they were first asked, so that what is read after a lock is read
   * under it. Returns how many there were.
   */
  flush(): number {
    const lists = [...this.#lists];
    this.#lists.clear();
    for (const [batch, list] of lists) void this.#answer(batch, list);
    return lists.length;
  }

  async #answer(batch: Batch<never, unknown>, list: readonly Asked[]): Promise<void> {
    try {
      const outputs = await this.#send(batch, list.map(({ input }) => input) as never[]);
      for (const [index, asked] of list.entries()) asked.answer(outputs[index]);
    } catch (error) {
      for (const asked of list) asked.fail(error);
    }
  }
}
