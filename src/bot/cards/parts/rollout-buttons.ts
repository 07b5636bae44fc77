import type { Button } from '../../../core/card/card.ts';
import { promoteButton, rollBackButton } from '../../../core/messages/rollout-buttons.ts';
import type { Release } from '../../../db/queries/load-release.ts';
import { activeOperation, knownTrafficPercent, type Rollout } from '../../../db/queries/rollouts.ts';
import type { RolloutStatus } from './rollout-status.ts';

/** What can be done with a rollout whose traffic is changed by a driver: nothing that would be refused. */
export function rolloutButtons(release: Release, rollout: Rollout, status: RolloutStatus): Button[] {
  const buttons: Button[] = [];
  if (status.kind === 'ready')
    buttons.push(promoteButton({ releaseKey: release.key, trafficPercent: status.next.trafficPercent }));
  if (canRollBack(rollout)) buttons.push(rollBackButton(release.key));
  return buttons;
}

function canRollBack(rollout: Rollout): boolean {
  const hasBegun =
    rollout.state === 'running' || rollout.state === 'completed' || rollout.operations.length > 0;
  const isBack = rollout.state === 'rolled_back' && knownTrafficPercent(rollout) === 0;
  return hasBegun && !isBack && activeOperation(rollout)?.kind !== 'rollback';
}
