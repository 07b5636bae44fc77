import { setTimeout as pause } from 'node:timers/promises';
import type { ActionResult } from '../../../sandbox/control-api.ts';
import { type ControlClient, wasTaken } from '../../../sandbox/control-client.ts';
import { interceptControl, isAct } from './intercept-control.ts';
import type { SeededRandom } from './seeded-random.ts';

export interface KillerOptions {
  random: SeededRandom;
  control: ControlClient;
  /** At most so many acts have an effect between two kills. */
  maxActsBetween: number;
  /** Kills, and resolves when what was killed is there again. */
  kill: () => Promise<void>;
}

/** How long after an action the blow may fall, milliseconds: while it is received, committed, answered, carried out. */
const latestMs = 400;

/**
 * Kills at random instants around what people do and around the clock's jumps. What they try in vain does not
 * bring the next kill nearer, or on a slow machine nothing would ever be done.
 */
export class Killer {
  /** The control interface whose acts are followed by kills. */
  readonly control: ControlClient;
  readonly #options: KillerOptions;
  #untilNext: number;
  #blow: Promise<void> | null = null;

  constructor(options: KillerOptions) {
    this.#options = options;
    this.#untilNext = options.random.below(options.maxActsBetween + 1);
    this.control = interceptControl(options.control, async (name, ask) => {
      if (!isAct(name)) return ask();
      this.#mayStrike();
      const result = await ask();
      if (hadEffect(result)) this.#untilNext -= 1;
      return result;
    });
  }

  /** Waits for the blow that is about to fall. */
  async stop(): Promise<void> {
    await this.#blow;
  }

  #mayStrike(): void {
    const { maxActsBetween, random } = this.#options;
    if (this.#untilNext > 0 || this.#blow) return;
    this.#untilNext = random.below(maxActsBetween + 1);
    this.#blow = this.#strike(random.below(latestMs)).finally(() => {
      this.#blow = null;
    });
  }

  async #strike(afterMs: number): Promise<void> {
    await pause(afterMs);
    await this.#options.kill();
  }
}

/**
 * A jump of the clock, or an action that was taken. A promotion that waits for its gates is not: their window
 * begins anew with each start of the bot, and would never be full. A command in Teams is not either: it is a message,
 * which may be answered later, or never; what it leads to is.
 */
function hadEffect(result: unknown): boolean {
  if (typeof result !== 'object' || result === null || !('status' in result)) return true;
  const { message, ...action } = result as ActionResult;
  return wasTaken(action) && !action.typed && !message?.text.includes("can't be promoted now");
}
