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

interface Asked<Input, Output> {
  input: Input;
  answer(output: Output): void;
  fail(error: unknown): void;
}

/** Collects what is asked in one turn of the event loop, and asks it in as few statements as there are batches. */
export class Gathering {
  // Each list holds the inputs of its own batch; `never` is what all of them have in common.
  readonly #lists = new Map<Batch<never, unknown>, Asked<never, never>[]>();
  readonly #send: (batch: Batch<never, unknown>, inputs: never[]) => Promise<readonly unknown[]>;

  constructor(send: (batch: Batch<never, unknown>, inputs: never[]) => Promise<readonly unknown[]>) {
    this.#send = send;
  }

  ask<Input, Output>(batch: Batch<Input, Output>, input: Input): Promise<Output> {
    return new Promise<Output>((answer, fail) => {
      const asked = { input, answer, fail } as unknown as Asked<never, never>;
      const list = this.#lists.get(batch);
      if (list) list.push(asked);
      else this.#lists.set(batch, [asked]);
      // After all that is ready to run now has asked.
      if (this.#lists.size === 1 && !list) process.nextTick(() => this.#flush());
    });
  }

  /** In the order in which the batches were first asked, so that what is read after a lock is read under it. */
  #flush(): void {
    const lists = [...this.#lists];
    this.#lists.clear();
    for (const [batch, list] of lists) void this.#answer(batch, list);
  }

  async #answer(batch: Batch<never, unknown>, list: readonly Asked<never, never>[]): Promise<void> {
    const inputs = list.map(({ input }) => input);
    try {
      const outputs = await this.#send(batch, inputs);
      for (const [index, asked] of list.entries()) asked.answer(outputs[index] as never);
    } catch (error) {
      for (const asked of list) asked.fail(error);
    }
  }
}
