import { BoundedMap } from '../../lib/bounded-map.ts';
import type { Queryable } from '../open-database.ts';
import { definitionColumns, type Release } from './load-release.ts';

/** What of a release changes only when it is planned anew. */
export type ReleaseDefinition = Pick<Release, 'plan' | 'people' | 'channels'>;

/** At some twenty kilobytes each. */
const maxKept = 1_000;

/** By `releases.definition`, which the database changes with every change of the contents; those used last. */
const kept = new BoundedMap<string, ReleaseDefinition>(maxKept);

/**
 * The definitions of releases, by `definition`. To be called under the releases' lock: then what is in memory
 * is what is in the database. They are shared by all who ask, and frozen.
 */
export async function definitionsOf(
  db: Queryable,
  releases: readonly { id: string; definition: string }[],
): Promise<Map<string, ReleaseDefinition>> {
  const found = new Map<string, ReleaseDefinition>();
  for (const { definition } of releases) {
    const known = kept.get(definition);
    if (known) found.set(definition, known);
  }
  const missing = releases.filter(({ definition }) => !found.has(definition));
  if (missing.length > 0) {
    for (const [definition, one] of await readDefinitions(db, missing)) found.set(definition, one);
  }
  for (const [definition, one] of found) kept.set(definition, one);
  return found;
}

async function readDefinitions(
  db: Queryable,
  releases: readonly { id: string }[],
): Promise<[string, ReleaseDefinition][]> {
  const { rows } = await db.query<{
    definition: string;
    plan: Release['plan'];
    people: Release['people'] | null;
    channels: Release['channels'] | null;
  }>({
    name: 'release-definitions',
    text: `select r.definition, ${definitionColumns} from releases r where r.id = any($1::uuid[])`,
    values: [releases.map(({ id }) => id)],
  });
  return rows.map(({ definition, plan, people, channels }) => [
    definition,
    freeze({ plan, people: people ?? [], channels: channels ?? [] }),
  ]);
}

/** All the way down. */
function freeze<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value;
  for (const inner of Object.values(value)) freeze(inner);
  return Object.freeze(value);
}
