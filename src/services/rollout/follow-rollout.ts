import type { RolloutState } from '../../core/rollout/decide-promotion.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { sendOnEvent, withholdWaiting } from '../communication/send-communication.ts';
import { tellFollowers } from '../follow/tell-followers.ts';
import type { Scope } from '../kernel/scope.ts';
import { lockAfterRollback } from '../product-lock/lock-after-rollback.ts';
import { closeAfterFollowUp } from '../release/close-release.ts';
import { moveRelease } from '../release/move-release.ts';
import { settleByRelease } from '../tasks/update-tasks.ts';
import { addRollbackTasks } from './add-rollback-tasks.ts';

/** What follows for the release when its rollout has come to another state, which is written already. */
export async function followRollout(scope: Scope, release: Release, state: RolloutState): Promise<void> {
  switch (state) {
    case 'completed':
      await sendOnEvent(scope, release, 'rollout-started');
      await sendOnEvent(scope, release, 'rollout-completed');
      await tellFollowers(scope, release, 'live');
      await settleByRelease(scope, release, { settledBy: 'rollout', state: 'done' });
      return closeAfterFollowUp(scope, release);
    case 'rolled_back':
      // One that turned back and is rolled back again has all this already, or was unlocked meanwhile.
      if (await moveRelease(scope, release, 'rollBack')) {
        await lockAfterRollback(scope, release);
        await addRollbackTasks(scope, release);
      }
      await sendOnEvent(scope, release, 'rolled-back');
      return withholdWaiting(scope, release, 'Not sent: the release was rolled back.');
    case 'running':
      return sendOnEvent(scope, release, 'rollout-started');
    case 'not_started':
      return;
  }
}
