import type { Release } from '../../../db/queries/load-release.ts';
import { latestPoll } from '../../../db/queries/polls.ts';
import { findTargetHolder, type Rollout } from '../../../db/queries/rollouts.ts';
import type { Queries } from '../../../db/transaction.ts';
import { isApproved, type RolloutFacts } from './rollout-status.ts';

/** What else decides whether a rollout can go on; asked only before its first phase, from which on nothing of it counts. */
export async function loadRolloutFacts(
  db: Queries,
  { release, rollout }: { release: Release; rollout: Rollout },
  { now, hasDriver }: { now: number; hasDriver: boolean },
): Promise<RolloutFacts> {
  const facts = { hasDriver };
  if (rollout.state !== 'not_started' || !isApproved(release) || now < release.goLiveAt) return facts;
  const [poll, holder] = await Promise.all([
    latestPoll(db, release.id),
    findTargetHolder(db, release.plan.rollout.driver),
  ]);
  return {
    ...facts,
    isDecisionOpen: release.state === 'approved' && poll?.state === 'open' && poll.kind === 'decision',
    targetTakenBy: holder?.isRollingOut && holder.releaseId !== release.id ? holder.key : null,
  };
}
