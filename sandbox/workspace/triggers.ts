import { newSecret } from './ids.ts';

const LIFETIME_MS = 3_000;

export interface Trigger {
  id: string;
  personId: string;
  /** The modal in which it arose; only such a trigger may push. */
  fromView: string | null;
  expiresWallMs: number;
  exchanged: boolean;
  /** The modal that was opened with it. */
  openedView?: string;
}

export type TriggerRefusal = 'invalid_trigger_id' | 'expired_trigger_id' | 'exchanged_trigger_id';

/** The right to open one modal within three seconds of a person's act. Not kept over a restart. */
export class Triggers {
  readonly #wall: () => number;
  readonly #triggers = new Map<string, Trigger>();
  #count = 0;

  constructor(wall: () => number) {
    this.#wall = wall;
  }

  create(personId: string, fromView: string | null = null): Trigger {
    this.#forgetOld();
    this.#count += 1;
    const id = `${Math.floor(this.#wall())}.${this.#count}.${newSecret()}`;
    const trigger = { id, personId, fromView, expiresWallMs: this.#wall() + LIFETIME_MS, exchanged: false };
    this.#triggers.set(id, trigger);
    return trigger;
  }

  /** The trigger, if it can still be used. */
  check(id: string): Trigger | TriggerRefusal {
    const trigger = this.#triggers.get(id);
    if (!trigger) return 'invalid_trigger_id';
    if (trigger.exchanged) return 'exchanged_trigger_id';
    if (trigger.expiresWallMs <= this.#wall()) return 'expired_trigger_id';
    return trigger;
  }

  exchange(trigger: Trigger, viewId: string): void {
    trigger.exchanged = true;
    trigger.openedView = viewId;
  }

  /** Expired ones are remembered for an hour, so that they are told from invented ones. */
  #forgetOld(): void {
    for (const [id, trigger] of this.#triggers) {
      if (trigger.expiresWallMs > this.#wall() - 3_600_000) break;
      this.#triggers.delete(id);
    }
  }
}
