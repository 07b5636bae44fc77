import { and, eq } from 'drizzle-orm';
import type { Release } from '../../db/queries/load-release.ts';
import { loadRollout } from '../../db/queries/rollouts.ts';
import { timers } from '../../db/schema/outbox.ts';
import type { Scope } from '../kernel/scope.ts';
import { moveRelease } from './move-release.ts';

/** At the end of the follow-up a release whose rollout is complete is completed; any other stays as it is. */
export async function closeRelease(scope: Scope, release: Release): Promise<void> {
  const rollout = await loadRollout(scope.tx, release.id);
  if (rollout.state === 'completed') await moveRelease(scope, release, 'complete');
  scope.invalidateCards(release.id);
}

/** A rollout that is complete only after the follow-up completes its release at once. */
export async function closeAfterFollowUp(scope: Scope, release: Release): Promise<void> {
  const ended = await scope.tx
    .select({ id: timers.id })
    .from(timers)
    .where(and(eq(timers.releaseId, release.id), eq(timers.kind, 'close-release'), eq(timers.state, 'done')));
  if (ended.length > 0) await closeRelease(scope, release);
}
