import type { MessageAbout } from '../../core/messages/message-about.ts';
import { mayBeDeployedUnseen, releaseContextOf } from '../../core/release/release-context.ts';
import { expectedCompletion } from '../../core/schedule/derive-schedule.ts';
import { loadRelease } from '../../db/queries/load-release.ts';
import { knownTrafficPercent, loadRollout } from '../../db/queries/rollouts.ts';
import type { Scope } from './scope.ts';

/** What a message of a release is about, as the release stands within this transaction. */
export async function aboutRelease(
  { tx, ctx, now }: Pick<Scope, 'tx' | 'ctx' | 'now'>,
  message: { releaseId: string } & Pick<MessageAbout, 'item' | 'audience' | 'customerFacing'>,
): Promise<MessageAbout> {
  const { releaseId, ...item } = message;
  const release = await loadRelease(tx, { id: releaseId });
  if (!release) throw new Error(`there is no release ${releaseId}`);
  const rollout = await loadRollout(tx, releaseId);
  const { id, key, state, plan, goLiveAt } = release;
  const hasDriver = ctx.driver(plan.rollout.driver) !== undefined;
  const context = releaseContextOf({
    state,
    trafficPercent: rollout.operations.length === 0 ? null : knownTrafficPercent(rollout),
    isUnseen: mayBeDeployedUnseen({ hasDriver, goLiveAt, now }),
  });
  return {
    release: {
      id,
      key,
      product: plan.product,
      version: plan.version,
      state,
      context,
      goLiveAt: new Date(goLiveAt).toISOString(),
      completeAt: new Date(expectedCompletion(plan)).toISOString(),
      zone: plan.goLive.zone,
    },
    writtenAt: new Date(now).toISOString(),
    ...item,
  };
}
