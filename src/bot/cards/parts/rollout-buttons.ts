import type { Button } from '../../../core/card/card.ts';
import {
  abortRolloutButton,
  pauseRolloutButton,
  promoteButton,
  resumeRolloutButton,
  retryButton,
  rollBackButton,
} from '../../../core/messages/rollout-buttons.ts';
import type { Release } from '../../../db/queries/load-release.ts';
import {
  activeOperation,
  knownTrafficPercent,
  type Operation,
  type Rollout,
} from '../../../db/queries/rollouts.ts';
import type { RolloutStatus } from './rollout-status.ts';

/** What can be done with a rollout whose traffic is changed by a driver: nothing that would be refused. */
export function rolloutButtons(release: Release, rollout: Rollout, status: RolloutStatus): Button[] {
  const buttons: Button[] = [];
  if (status.kind === 'ready')
    buttons.push(promoteButton({ releaseKey: release.key, trafficPercent: status.next.trafficPercent }));
  if (status.kind === 'held') buttons.push(resumeRolloutButton(release.key));
  const [latest] = rollout.operations;
  if (latest && canRetry(latest))
    buttons.push(retryButton({ releaseKey: release.key, operationId: latest.id }));
  if (status.kind === 'promoting') buttons.push(abortRolloutButton(release.key));
  if (rollout.state === 'running' && pausable.includes(status.kind))
    buttons.push(pauseRolloutButton(release.key));
  if (canRollBack(rollout)) buttons.push(rollBackButton(release.key));
  return buttons;
}

const pausable: readonly RolloutStatus['kind'][] = ['ready', 'soaking'];

/** What failed, or did not take effect; a pause is resumed instead. */
function canRetry({ state, kind }: Operation): boolean {
  return (state === 'failed' || state === 'not_taken') && kind !== 'pause';
}

function canRollBack(rollout: Rollout): boolean {
  const hasBegun =
    rollout.state === 'running' || rollout.state === 'completed' || rollout.operations.length > 0;
  const isBack = rollout.state === 'rolled_back' && knownTrafficPercent(rollout) === 0;
  return hasBegun && !isBack && activeOperation(rollout)?.kind !== 'rollback';
}
