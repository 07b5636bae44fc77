import { and, eq, inArray } from 'drizzle-orm';
import { identities, persons } from '../../db/schema/people.ts';
import type { Services } from '../kernel/context.ts';

/**
 * What the accounts of a platform are called, by their ids: as they are known here, else as the platform says. Whom
 * neither knows, or a platform that can't be asked, leaves out.
 */
export async function accountNames(
  { db, directories }: Pick<Services, 'db' | 'directories'>,
  platform: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const known = await db
    .select({ id: identities.platformId, name: persons.name })
    .from(identities)
    .innerJoin(persons, eq(persons.id, identities.personId))
    .where(and(eq(identities.platform, platform), inArray(identities.platformId, [...ids])));
  const names = new Map(known.map(({ id, name }) => [id, name]));
  const unknown = ids.filter((id) => !names.has(id));
  const directory = directories.get(platform);
  const found = await Promise.all(unknown.map((id) => directory?.findPerson(id).catch(() => null)));
  for (const person of found) if (person) names.set(person.id, person.name);
  return names;
}
