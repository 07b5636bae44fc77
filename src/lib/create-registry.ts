/** What is listed in a registry has a name of its own. */
interface Named {
  readonly name: string;
}

/** Entries of one shape, by name. */
export interface Registry<Entry extends Named> {
  readonly entries: readonly Entry[];
  readonly names: readonly Entry['name'][];
  find(name: string): Entry | undefined;
  /** For a name that was checked before. @throws Error naming what there is. */
  get(name: string): Entry;
}

/** Lists entries by their names. @throws Error when two have the same name. */
export function createRegistry<Entry extends Named>(entries: readonly Entry[]): Registry<Entry> {
  const byName = new Map<string, Entry>(entries.map((entry) => [entry.name, entry]));
  const names = entries.map(({ name }): Entry['name'] => name);
  if (byName.size < entries.length) throw new Error(`Two entries have the same name: ${names.join(', ')}.`);
  return {
    entries,
    names,
    find: (name) => byName.get(name),
    get: (name) => {
      const entry = byName.get(name);
      if (!entry) throw new Error(`There is no "${name}"; there is ${names.join(', ')}.`);
      return entry;
    },
  };
}
