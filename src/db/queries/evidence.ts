import { and, asc, eq, gt, inArray, or } from 'drizzle-orm';
import { underWayStates } from '../../core/release/release-state.ts';
import { evidence } from '../schema/evidence.ts';
import { releases } from '../schema/release.ts';
import type { Queries } from '../transaction.ts';
import { loadReleases, type Release } from './load-release.ts';

/** A message in the record of a release. */
export type Evidence = typeof evidence.$inferSelect;

/** The record of a release, in the order in which its messages were written. */
export function findEvidence(db: Queries, releaseId: string): Promise<Evidence[]> {
  return db
    .select()
    .from(evidence)
    .where(eq(evidence.releaseId, releaseId))
    .orderBy(asc(evidence.writtenAt), asc(evidence.id));
}

/** So long after a release has ended is it offered for evidence: until its lessons are learned. Milliseconds. */
const offeredAfterEndMs = 30 * 86_400_000;

/** The releases that evidence may be about at `now` (epoch ms), at most `limit`: under way, or ended lately. */
export async function listRecordable(
  db: Queries,
  { now, limit }: { now: number; limit: number },
): Promise<Release[]> {
  const endedLately = and(
    inArray(releases.state, ['completed', 'rolled_back']),
    gt(releases.endedAt, new Date(now - offeredAfterEndMs)),
  );
  const rows = await db
    .select({ id: releases.id })
    .from(releases)
    .where(or(inArray(releases.state, [...underWayStates]), endedLately))
    .orderBy(asc(releases.goLiveAt))
    .limit(limit);
  return loadReleases(
    db,
    rows.map(({ id }) => id),
  );
}
