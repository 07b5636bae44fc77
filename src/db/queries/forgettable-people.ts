import { and, eq, gt, inArray, isNull, lte, notExists, or } from 'drizzle-orm';
import { underWayStates } from '../../core/release/release-state.ts';
import { identities, persons } from '../schema/people.ts';
import { releasePeople, releases } from '../schema/release.ts';
import type { Queries } from '../transaction.ts';

/** People with accounts, all deactivated before an instant, who have no role in a release under way. */
export async function findForgettable(
  db: Queries,
  { goneBefore, limit }: { goneBefore: Date; limit: number },
): Promise<string[]> {
  const isTheirs = eq(identities.personId, persons.id);
  const since = identities.unreachableSince;
  // Few: the rest is looked up for these alone.
  const gone = db.select({ id: identities.personId }).from(identities).where(lte(since, goneBefore));
  const present = db
    .select({ id: identities.personId })
    .from(identities)
    .where(and(isTheirs, or(isNull(since), gt(since, goneBefore))));
  const roles = db
    .select({ id: releasePeople.personId })
    .from(releasePeople)
    .innerJoin(releases, eq(releases.id, releasePeople.releaseId))
    .where(and(eq(releasePeople.personId, persons.id), inArray(releases.state, [...underWayStates])));
  const rows = await db
    .select({ id: persons.id })
    .from(persons)
    .where(and(isNull(persons.redactedAt), inArray(persons.id, gone), notExists(present), notExists(roles)))
    .limit(limit);
  return rows.map(({ id }) => id);
}
