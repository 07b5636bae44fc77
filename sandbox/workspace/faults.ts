import { type Fault, type Faults, noFaultFired } from '../control-api.ts';
import type { Table } from './store.ts';
import type { StoredFaults } from './stored.ts';

/** What a fault without `methods` applies to in Slack. */
export const postingMethods = [
  'chat.postMessage',
  'chat.update',
  'chat.postEphemeral',
  'chat.delete',
  'views.open',
  'views.push',
  'views.update',
  'views.publish',
];

const KEY = 'faults';

export interface FaultSwitchesParts {
  table: Table<StoredFaults>;
  announce: (faults: Faults) => void;
  /** What a fault without `methods` applies to. */
  defaultMethods: readonly string[];
  random?: () => number;
}

/** The faults that are switched on, and how often each fired. */
export class FaultSwitches {
  readonly #parts: FaultSwitchesParts;
  readonly #setAside = new Map<string, number>();

  constructor(parts: FaultSwitchesParts) {
    this.#parts = parts;
  }

  state(): Faults {
    const { active = [], fired } = this.#parts.table.get(KEY) ?? {};
    // A folder of an earlier version knows fewer kinds.
    return { active, fired: { ...noFaultFired, ...fired } };
  }

  set(active: Fault[]): void {
    this.#save({ active: active.filter((fault) => fault.times !== 0), fired: this.state().fired });
  }

  /**
   * The faults to play for this call: at most one, and a `slow` beside it. They are set aside for it until
   * `settle`, so that calls at the same time do not play a fault more often than it is to fire.
   */
  choose(method: string): { fault: Fault | null; slow: Fault | null } {
    const { defaultMethods, random = Math.random } = this.#parts;
    const applying = this.state().active.filter(
      (fault) =>
        (fault.methods.length > 0 ? fault.methods : defaultMethods).includes(method) &&
        (fault.times < 0 || fault.times > (this.#setAside.get(identityOf(fault)) ?? 0)) &&
        random() < (fault.probability ?? 1),
    );
    const fault = applying.find((each) => each.kind !== 'slow') ?? null;
    const slow = applying.find((each) => each.kind === 'slow') ?? null;
    for (const each of [fault, slow]) if (each) this.#count(each, 1);
    return { fault, slow };
  }

  /** Says whether a chosen fault was played, which uses it up by one. */
  settle(fault: Fault, played: boolean): void {
    this.#count(fault, -1);
    if (!played) return;
    const { active, fired } = this.state();
    const index = active.findIndex((each) => identityOf(each) === identityOf(fault));
    const left = active.flatMap((each, at) => {
      if (at !== index || each.times < 0) return [each];
      return each.times > 1 ? [{ ...each, times: each.times - 1 }] : [];
    });
    this.#save({ active: left, fired: { ...fired, [fault.kind]: fired[fault.kind] + 1 } });
  }

  #count(fault: Fault, change: 1 | -1): void {
    const identity = identityOf(fault);
    this.#setAside.set(identity, (this.#setAside.get(identity) ?? 0) + change);
  }

  #save(faults: Faults): void {
    this.#parts.table.put(KEY, faults);
    this.#parts.announce(faults);
  }
}

/** A fault stays the same while it is used up. */
function identityOf({ times: _times, ...rest }: Fault): string {
  return JSON.stringify(rest);
}
