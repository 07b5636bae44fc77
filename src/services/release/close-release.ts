import type { Release } from '../../db/queries/load-release.ts';
import { loadRollout } from '../../db/queries/rollouts.ts';
import type { Scope } from '../kernel/verb.ts';
import { moveRelease } from './move-release.ts';

/** At the end of the follow-up a release whose rollout is complete is completed; any other stays as it is. */
export async function closeRelease(scope: Scope, release: Release): Promise<void> {
  const rollout = await loadRollout(scope.tx, release.id);
  if (rollout.state === 'completed') await moveRelease(scope, release, 'complete');
  scope.invalidateCards(release.id);
}

/** A rollout that is complete only after the follow-up completes its release at once. */
export async function closeAfterFollowUp(scope: Scope, release: Release): Promise<void> {
  const { rowCount } = await scope.tx.$client.query({
    name: 'follow-up-ended',
    text: `select from timers where release_id = $1 and kind = 'close-release' and state = 'done'`,
    values: [release.id],
  });
  if (rowCount) await closeRelease(scope, release);
}
