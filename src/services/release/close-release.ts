import type { Release } from '../../db/queries/load-release.ts';
import { loadRollout } from '../../db/queries/rollouts.ts';
import { touchCards } from '../effects.ts';
import type { Scope } from '../verb.ts';
import { moveRelease } from './move-release.ts';

/** At the end of the follow-up a release whose rollout is complete is completed; any other stays as it is. */
export async function closeRelease(scope: Scope, release: Release): Promise<void> {
  const rollout = await loadRollout(scope.tx.client, release.id);
  if (rollout.state === 'completed') await moveRelease(scope, release, 'complete');
  await touchCards(scope, release.id);
}
