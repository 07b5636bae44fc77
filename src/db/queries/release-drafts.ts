import { and, desc, eq, gt, sql } from 'drizzle-orm';
import { releaseDrafts } from '../schema/release-drafts.ts';
import type { Queries, Transaction } from '../transaction.ts';

/** How long a draft is kept after its last change. Milliseconds. */
export const draftKeptMs = 24 * 3_600_000;

export type ReleaseDraft = typeof releaseDrafts.$inferSelect;

/** A draft that is still kept; `wall` is the wall clock's epoch ms. */
export async function findDraft(
  db: Queries,
  { id, wall }: { id: string; wall: number },
): Promise<ReleaseDraft | null> {
  const [draft] = await db
    .select()
    .from(releaseDrafts)
    .where(and(eq(releaseDrafts.id, id), isKept(wall)));
  return draft ?? null;
}

/** What a person filled in last, unless they have planned it; `wall` is the wall clock's epoch ms. */
export async function findUnplannedDraft(
  db: Queries,
  { personId, wall }: { personId: string; wall: number },
): Promise<ReleaseDraft | null> {
  const [draft] = await db
    .select()
    .from(releaseDrafts)
    .where(and(eq(releaseDrafts.personId, personId), isKept(wall), isOfForms))
    .orderBy(desc(releaseDrafts.keptAt), desc(releaseDrafts.id))
    .limit(1);
  return draft?.plannedAs === null ? draft : null;
}

/** A release was made of it, if it is that person's. */
export async function markPlanned(
  tx: Transaction,
  { id, personId, plannedAs }: Pick<ReleaseDraft, 'id' | 'personId'> & { plannedAs: string },
): Promise<void> {
  const isTheirs = and(eq(releaseDrafts.id, id), eq(releaseDrafts.personId, personId));
  await tx.update(releaseDrafts).set({ plannedAs }).where(isTheirs);
}

/** A plan that was imported is kept here as well, until it is confirmed. */
const isOfForms = sql`coalesce(${releaseDrafts.values} ->> 'importedPlan', ${releaseDrafts.values} ->> 'importedText') is null`;

function isKept(wall: number) {
  return gt(releaseDrafts.keptAt, new Date(wall - draftKeptMs));
}
