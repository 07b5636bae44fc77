import type { Release } from '../../../db/queries/load-release.ts';
import { latestPoll } from '../../../db/queries/polls.ts';
import { findTargetHolder, loadRollout, type Rollout } from '../../../db/queries/rollouts.ts';
import type { Queries } from '../../../db/transaction.ts';
import { isApproved, type RolloutFacts } from './rollout-status.ts';

/** When it is looked at, epoch ms, and which drivers are configured. */
interface Viewpoint {
  now: number;
  hasDriver: (name: string) => boolean;
}

/** A release's rollout, and what else a card has to know of it. */
export async function loadRolloutView(
  db: Queries,
  release: Release,
  { now, hasDriver }: Viewpoint,
): Promise<{ rollout: Rollout; facts: RolloutFacts }> {
  const rollout = await loadRollout(db, release.id);
  const { driver } = release.plan.rollout;
  const facts = { hasDriver: hasDriver(driver) };
  // The rest only counts before the first phase.
  if (rollout.state !== 'not_started' || !isApproved(release) || now < release.goLiveAt)
    return { rollout, facts };
  const [poll, holder] = await Promise.all([latestPoll(db, release.id), findTargetHolder(db, driver)]);
  return {
    rollout,
    facts: {
      ...facts,
      isDecisionOpen: release.state === 'approved' && poll?.state === 'open' && poll.kind === 'decision',
      targetTakenBy: holder?.isRollingOut && holder.releaseId !== release.id ? holder.key : null,
    },
  };
}
