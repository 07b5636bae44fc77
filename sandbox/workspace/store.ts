import path from 'node:path';
import { Journal, type JournalRecord } from './journal.ts';
import { type Tables, tableNames } from './stored.ts';

/** A journal with so many more records than live entries is rewritten at the next start. */
const COMPACT_ABOVE = { records: 20_000, ratio: 3 };

/** A table in memory; every change is in the journal before it is seen. */
export class Table<Value> {
  readonly #rows = new Map<string, Value>();
  readonly #write: (key: string, value: Value | null) => void;

  constructor(write: (key: string, value: Value | null) => void) {
    this.#write = write;
  }

  get(key: string): Value | undefined {
    return this.#rows.get(key);
  }

  put(key: string, value: Value): void {
    this.#write(key, value);
    this.#rows.set(key, value);
  }

  delete(key: string): void {
    if (!this.#rows.has(key)) return;
    this.#write(key, null);
    this.#rows.delete(key);
  }

  values(): IterableIterator<Value> {
    return this.#rows.values();
  }

  entries(): IterableIterator<[string, Value]> {
    return this.#rows.entries();
  }

  /** Takes over what the journal says; used while it is read. */
  load(key: string, value: Value | null): void {
    if (value === null) this.#rows.delete(key);
    else this.#rows.set(key, value);
  }
}

/** What the journal needs of a table; what it reads was written by the same tables. */
interface Replayable {
  load(key: string, value: unknown): void;
}

export type TableSet<Tables> = { [Name in keyof Tables]: Table<Tables[Name]> };

/** Everything that is remembered, in one journal. `Tables`: what each table keeps. */
export class Store<Tables extends object> {
  readonly tables: TableSet<Tables>;
  readonly #journal: Journal;

  /** `file`: the journal; made when absent. */
  constructor(file: string, names: readonly (keyof Tables & string)[], compactAbove = COMPACT_ABOVE) {
    const entries = names.map((name) => [name, this.#table(name)]);
    this.tables = Object.fromEntries(entries) as TableSet<Tables>;
    let records = 0;
    this.#journal = new Journal(file, ([name, key, value]) => {
      records += 1;
      this.#load(name, key, value);
    });
    const live = [...this.#snapshot()];
    if (records > compactAbove.records && records > live.length * compactAbove.ratio)
      this.#journal.compact(live);
  }

  close(): void {
    this.#journal.close();
  }

  #table<Value>(name: string): Table<Value> {
    return new Table((key, value) => this.#journal.append([name, key, value]));
  }

  #load(name: string, key: string, value: unknown): void {
    const table: Replayable | undefined = this.#all().find(([each]) => each === name)?.[1];
    table?.load(key, value ?? null);
  }

  *#snapshot(): Generator<JournalRecord> {
    for (const [name, table] of this.#all()) {
      for (const [key, value] of table.entries()) yield [name, key, value];
    }
  }

  #all(): [string, Table<unknown>][] {
    return Object.entries(this.tables);
  }
}

export type WorkspaceStore = Store<Tables>;

/** Everything the local Slack remembers, in `workspace.jsonl` of `dataDir`. */
export function openStore(dataDir: string, compactAbove = COMPACT_ABOVE): WorkspaceStore {
  return new Store<Tables>(path.join(dataDir, 'workspace.jsonl'), tableNames, compactAbove);
}
