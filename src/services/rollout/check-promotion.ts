import { sql } from 'drizzle-orm';
import { command } from '../../core/card/card.ts';
import { type Line, line } from '../../core/card/line.ts';
import { decidePromotion, type PromotionTarget } from '../../core/rollout/decide-promotion.ts';
import type { GateResult } from '../../core/rollout/evaluate-gate.ts';
import { isRolloutShown } from '../../db/queries/is-rollout-shown.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { latestPoll } from '../../db/queries/polls.ts';
import { activeOperation, findTargetHolder, type Rollout } from '../../db/queries/rollouts.ts';
import { isAwaitingSignOff } from '../go-no-go/sign-offs-of.ts';
import { checkCapability } from '../kernel/permissions.ts';
import { refuseFrozenPromotion } from '../kernel/refuse-frozen.ts';
import { lockedProduct } from '../kernel/refuse-locked.ts';
import { refusePaused } from '../kernel/refuse-paused.ts';
import { done, type Result, refuse } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { refuseMissingCommand, refuseMissingDriver } from './choose-command.ts';
import type { GatesRead } from './read-gates-first.ts';
import { heldSentence } from './refuse-held.ts';

/** A promotion that would be taken. */
export interface CheckedPromotion {
  release: Release;
  rollout: Rollout;
  gates: GateResult[];
  toPercent: number;
  phaseIndex: number;
}

/** Whether a release would be promoted now, with every unmet condition in the refusal. It is locked; rights are not looked at. */
export async function checkPromotion(
  scope: Scope,
  { release, rollout }: { release: Release; rollout: Rollout },
  { target, read }: { target: PromotionTarget; read: GatesRead | null },
): Promise<Result<CheckedPromotion>> {
  const driver = scope.ctx.driver(release.plan.rollout.driver);
  // Said first: no soak or gate is worth waiting for where nothing can be promoted.
  if (!driver) return refuseMissingDriver(release, 'promote');
  const paused = refusePaused(release);
  if (paused) return { ok: false, refusal: paused };
  const needsGates = rollout.state === 'running';
  const isOfThisPhase = read?.releaseId === release.id && read.phaseIndex === rollout.phaseIndex;
  if (needsGates && !isOfThisPhase) {
    const look = (await isRolloutShown(scope.tx, release.key))
      ? 'Look at the card'
      : line`Check its status with ${command('release', `status ${release.key}`)}`;
    const message = line`The rollout changed while its gates were being read. ${look} and try again.`;
    return refuse('conflict', message, { releaseId: release.id });
  }
  const gates = needsGates && read ? read.gates : [];
  const { phases } = release.plan.rollout;
  const decision = decidePromotion(
    {
      ...viewOf(release, rollout),
      openPoll: await findOpenPoll(scope, release),
      awaitsSignOff: await isAwaitingSignOff(scope.tx, release),
      whoAsksGoNoGo: checkCapability(release, scope.ctx.actor, 'poll.open')?.who ?? null,
      targetTakenBy: await findTargetTaker(scope, release, rollout),
    },
    phases,
    { target, gates },
    scope.now,
  );
  const standing = await standingReasons(scope, release, rollout);
  if (!decision.ok || standing.length > 0) {
    const reasons = [...standing, ...(decision.ok ? [] : decision.reasons)];
    const about = { reasons, releaseId: release.id };
    return refuse('conditions-unmet', `${release.key} can't be promoted now.`, about);
  }
  const { toPercent, phaseIndex } = decision;
  const missing = refuseMissingCommand(driver, release, { kind: 'promote', toPercent });
  return missing ?? done({ release, rollout, gates, toPercent, phaseIndex });
}

/** What holds it back whatever its rollout is at: a freeze, the lock of its product, a pause of the rollout. */
async function standingReasons(scope: Scope, release: Release, rollout: Rollout): Promise<Line[]> {
  const frozen = await refuseFrozenPromotion(scope, release);
  const locked = await lockedProduct(scope.tx, release.plan);
  const held = heldSentence(release, rollout);
  return [...(frozen?.reasons ?? []), ...[locked, held].filter((one) => one !== null)];
}

/**
 * The release that holds the target already; checked before the first phase, from which on this release holds it.
 * The lock on the target's name makes the second of two that begin at once wait, and see the first.
 */
async function findTargetTaker(scope: Scope, release: Release, rollout: Rollout): Promise<string | null> {
  const mayBegin = release.state === 'approved' || release.state === 'in_progress';
  // Where the guard refuses anyway, there is no need to wait for the lock.
  if (rollout.state !== 'not_started' || !mayBegin || scope.now < release.goLiveAt) return null;
  const { driver } = release.plan.rollout;
  await scope.tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('target ' || ${driver}, 0))`);
  const holder = await findTargetHolder(scope.tx, driver);
  return holder?.isRollingOut && holder.releaseId !== release.id ? holder.key : null;
}

/** Once it has begun, no poll decides anything any more. */
async function findOpenPoll(scope: Scope, release: Release): Promise<'decision' | 'readiness' | null> {
  if (release.state !== 'approved' && release.state !== 'in_planning') return null;
  const poll = await latestPoll(scope.tx, release.id);
  return poll?.state === 'open' ? poll.kind : null;
}

function viewOf(release: Release, rollout: Rollout) {
  const active = activeOperation(rollout);
  return {
    releaseState: release.state,
    goLiveAt: release.goLiveAt,
    state: rollout.state,
    phaseIndex: rollout.phaseIndex,
    phaseSince: rollout.phaseSince,
    activeOperation: active ? { kind: active.kind, toPercent: active.toPercent } : null,
  };
}
