import { and, asc, inArray, isNull, lte, sql } from 'drizzle-orm';
import { deliveries } from '../../db/schema/outbox.ts';
import { releases } from '../../db/schema/release.ts';
import { asSystem } from '../../services/kernel/context.ts';
import { isPrunable, pruneRelease } from '../../services/release/prune-release.ts';
import type { JobServices } from '../job-services.ts';

/** At most so many releases are pruned at a time; the next look is seconds away. */
const releasesAtATime = 10;
const messagesAtATime = 500;

/**
 * Removes old records of releases that ended longer ago than they are kept, a few at a time. Several processes may do
 * so at once: each release is locked, and looked at again. Returns how many it looked at.
 */
export async function pruneReleases(jobs: JobServices): Promise<number> {
  const { releasesMs } = jobs.settings.retention;
  if (releasesMs === null) return 0;
  const endedBefore = new Date(jobs.clock.now() - releasesMs);
  const due = await jobs.db
    .select({ releaseId: releases.id })
    .from(releases)
    .where(isPrunable(endedBefore))
    .orderBy(asc(sql`greatest(${releases.endedAt}, ${releases.prunedAt})`))
    .limit(releasesAtATime);
  for (const { releaseId } of due) {
    if (jobs.stopping.aborted) return due.length;
    await pruneRelease({ ctx: asSystem(jobs, 'retention'), input: { releaseId, endedBefore } });
  }
  await pruneMessagesOfNone(jobs, endedBefore);
  return due.length;
}

/** Messages that are of no release go by their own age. */
async function pruneMessagesOfNone({ db }: JobServices, before: Date): Promise<void> {
  const { id, releaseId, state, createdAt } = deliveries;
  const old = db
    .select({ id })
    .from(deliveries)
    .where(and(isNull(releaseId), inArray(state, ['sent', 'failed']), lte(createdAt, before)))
    .limit(messagesAtATime);
  await db.delete(deliveries).where(inArray(id, old));
}
