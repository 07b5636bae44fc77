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

  /** The faults to play for this call: at most one, and a `slow` beside it. Not used up yet. */
  choose(method: string): { fault: Fault | null; slow: Fault | null } {
    const applying = this.state().active.filter(
      (fault) =>
        (fault.methods.length > 0 ? fault.methods : DEFAULT_METHODS).includes(method) &&
        this.#random() < (fault.probability ?? 1),
    );
    return {
      fault: applying.find((fault) => fault.kind !== 'slow') ?? null,
      slow: applying.find((fault) => fault.kind === 'slow') ?? null,
    };
  }

  /** Uses the fault up by one. */
  fire(fault: Fault): void {
    const { active, fired } = this.state();
    const left = active.flatMap((each) => {
      if (each !== fault || each.times < 0) return [each];
      return each.times > 1 ? [{ ...each, times: each.times - 1 }] : [];
    });
    this.#save({ active: left, fired: { ...fired, [fault.kind]: fired[fault.kind] + 1 } });
  }

  #save(faults: Faults): void {
    this.#table.put(KEY, faults);
    this.#announce(faults);
  }
}
