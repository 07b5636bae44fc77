import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Release } from '../../db/queries/load-release.ts';
import { cards } from '../../db/schema/outbox.ts';
import type { Scope } from '../kernel/scope.ts';

/** Has the homes drawn again of those who had a role in a release and have none any more: it is no longer on them. */
export async function invalidateHomesOfFormer(
  scope: Scope,
  { before, after }: { before: Release; after: Release },
): Promise<void> {
  const present = new Set(after.people.map(({ personId }) => personId));
  const former = before.people.map(({ personId }) => personId).filter((id) => !present.has(id));
  await invalidateHomes(scope, former);
}

/** Has the homes of some people drawn again. */
export async function invalidateHomes(scope: Scope, personIds: readonly string[]): Promise<void> {
  const stale = await scope.tx
    .update(cards)
    .set({ revision: sql`${cards.revision} + 1` })
    .where(and(eq(cards.kind, 'home'), inArray(cards.subjectId, [...personIds])))
    .returning({ destination: cards.destination });
  for (const { destination } of stale) scope.notify({ job: 'card', destination });
}
