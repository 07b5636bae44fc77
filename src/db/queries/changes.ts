import { and, asc, eq } from 'drizzle-orm';
import { changeRequests } from '../schema/changes.ts';
import type { Queries } from '../transaction.ts';

/** A change of a release's scope that somebody has asked for after code freeze. */
export type ChangeRequest = typeof changeRequests.$inferSelect;

export async function findChangeRequest(db: Queries, id: string): Promise<ChangeRequest | null> {
  const [row] = await db.select().from(changeRequests).where(eq(changeRequests.id, id));
  return row ?? null;
}

/** All change requests of a release, the oldest first; only those in one state, if it is given. */
export function findChangeRequests(
  db: Queries,
  releaseId: string,
  state?: ChangeRequest['state'],
): Promise<ChangeRequest[]> {
  const isMeant = and(
    eq(changeRequests.releaseId, releaseId),
    state === undefined ? undefined : eq(changeRequests.state, state),
  );
  return db
    .select()
    .from(changeRequests)
    .where(isMeant)
    .orderBy(asc(changeRequests.requestedAt), asc(changeRequests.id));
}
