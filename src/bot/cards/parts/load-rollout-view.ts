import type { Freeze } from '../../../core/freeze/freeze.ts';
import { mayPause } from '../../../core/release/release-state.ts';
import type { Release } from '../../../db/queries/load-release.ts';
import { latestPoll } from '../../../db/queries/polls.ts';
import { findProductLock } from '../../../db/queries/product-locks.ts';
import { findOpenRequest } from '../../../db/queries/requests.ts';
import { findTargetHolder, loadRollout, type Rollout } from '../../../db/queries/rollouts.ts';
import type { Queries } from '../../../db/transaction.ts';
import { freezeHolding } from '../../../services/kernel/refuse-frozen.ts';
import {
  isApproved,
  type RolloutFacts,
  type ShownFreeze,
  type ShownLock,
  type ShownRequest,
} from './rollout-status.ts';

/** When it is looked at, epoch ms, and which drivers are configured. */
interface Viewpoint {
  now: number;
  hasDriver: (name: string) => boolean;
  /** Those of the configuration. */
  freezes: readonly Freeze[];
}

/** A release's rollout, and what else a card has to know of it. */
export async function loadRolloutView(
  db: Queries,
  release: Release,
  { now, hasDriver, freezes }: Viewpoint,
): Promise<{ rollout: Rollout; facts: RolloutFacts }> {
  const rollout = await loadRollout(db, release.id);
  const { driver } = release.plan.rollout;
  const frozen = await findShownFreeze(db, release, { now, freezes });
  const awaits = await findShownRequest(db, release, now);
  const locked = await findShownLock(db, release);
  const facts = { hasDriver: hasDriver(driver), frozen, locked, awaits };
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

/** The promotion of a release that waits for a second person; null: none. */
async function findShownRequest(
  db: Queries,
  { id, state }: Release,
  now: number,
): Promise<ShownRequest | null> {
  if (!mayPause(state)) return null;
  const open = await findOpenRequest(db, { releaseId: id, act: 'rollout.promote' });
  if (!open || open.expiresAt.getTime() <= now) return null;
  const { words, personId, personName } = open;
  return { id: open.id, words, personId, personName, expiresAt: open.expiresAt.getTime() };
}

/** The freeze that holds a release now, or at its go-live if that is to come; null: none, or nothing is to come. */
export async function findShownFreeze(
  db: Queries,
  release: Release,
  { now, freezes }: { now: number; freezes: readonly Freeze[] },
): Promise<ShownFreeze | null> {
  if (!mayPause(release.state)) return null;
  const at = Math.max(now, release.goLiveAt);
  const holding = await freezeHolding(db, { freezes }, { release, at });
  return holding && { name: holding.freeze.name, until: holding.span.until, zone: holding.freeze.zone };
}

/** The lock of a release's product; null: none, or nothing of the release is to come. What was rolled back shows its own. */
export async function findShownLock(db: Queries, { id, plan, state }: Release): Promise<ShownLock | null> {
  if (!mayPause(state) && state !== 'rolled_back') return null;
  const lock = await findProductLock(db, plan.product);
  if (!lock || (state === 'rolled_back' && lock.releaseId !== id)) return null;
  return { ownerName: lock.ownerName, reason: lock.reason, since: lock.lockedAt };
}
