import { setTimeout as pause } from 'node:timers/promises';
import type { ControlClient } from '../../../src/sandbox/control-client.ts';
import { interceptControl, isAct } from './intercept-control.ts';
import type { SeededRandom } from './seeded-random.ts';

export interface KillerOptions {
  random: SeededRandom;
  control: ControlClient;
  /** Of so many acts, one is followed by a kill, on average. */
  oneIn: number;
  /** Kills, and resolves when what was killed is there again. */
  kill: () => Promise<void>;
}

/** How long after an act the blow may fall, milliseconds: while it is received, committed, answered, carried out. */
const latestMs = 400;

/**
 * Kills at random instants around what people do and around the clock's jumps. What they try in vain while
 * nobody is there is not followed by another kill, or nothing would ever come up again.
 */
export class Killer {
  /** The control interface whose acts are followed by kills. */
  readonly control: ControlClient;
  readonly #options: KillerOptions;
  #untilNext: number;
  #blow: Promise<void> | null = null;

  constructor(options: KillerOptions) {
    this.#options = options;
    this.#untilNext = options.random.below(options.oneIn);
    this.control = interceptControl(options.control, (name, ask) => {
      if (isAct(name)) this.#acted();
      return ask();
    });
  }

  /** Waits for the blow that is about to fall. */
  async stop(): Promise<void> {
    await this.#blow;
  }

  #acted(): void {
    const { oneIn, random } = this.#options;
    this.#untilNext -= 1;
    if (this.#untilNext > 0 || this.#blow) return;
    this.#untilNext = 1 + random.below(2 * oneIn - 1);
    this.#blow = this.#strike(random.below(latestMs)).finally(() => {
      this.#blow = null;
    });
  }

  async #strike(afterMs: number): Promise<void> {
    await pause(afterMs);
    await this.#options.kill();
  }
}
