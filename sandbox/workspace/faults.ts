import type { Fault, Faults } from '../control-api.ts';
import type { Table } from './store.ts';
import type { StoredFaults } from './stored.ts';

/** What a fault without `methods` applies to. */
const DEFAULT_METHODS = [
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
const NONE_FIRED = {
  'rate-limited': 0,
  'error-after-posting': 0,
  'drop-after-posting': 0,
  'error-before-posting': 0,
  slow: 0,
};

/** The faults that are switched on, and how often each fired. */
export class FaultSwitches {
  readonly #table: Table<StoredFaults>;
  readonly #random: () => number;
  readonly #announce: (faults: Faults) => void;
  readonly #setAside = new Map<string, number>();

  constructor(table: Table<StoredFaults>, announce: (faults: Faults) => void, random = Math.random) {
    this.#table = table;
    this.#announce = announce;
    this.#random = random;
  }

  state(): Faults {
    return this.#table.get(KEY) ?? { active: [], fired: NONE_FIRED };
  }

  set(active: Fault[]): void {
    this.#save({ active: active.filter((fault) => fault.times !== 0), fired: this.state().fired });
  }

  /**
   * The faults to play for this call: at most one, and a `slow` beside it. They are set aside for it until
   * `settle`, so that calls at the same time do not play a fault more often than it is to fire.
   */
  choose(method: string): { fault: Fault | null; slow: Fault | null } {
    const applying = this.state().active.filter(
      (fault) =>
        (fault.methods.length > 0 ? fault.methods : DEFAULT_METHODS).includes(method) &&
        (fault.times < 0 || fault.times > (this.#setAside.get(identityOf(fault)) ?? 0)) &&
        this.#random() < (fault.probability ?? 1),
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
    this.#table.put(KEY, faults);
    this.#announce(faults);
  }
}

/** A fault stays the same while it is used up. */
function identityOf({ times: _times, ...rest }: Fault): string {
  return JSON.stringify(rest);
}
