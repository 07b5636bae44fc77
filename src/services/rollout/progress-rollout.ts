import { eq } from 'drizzle-orm';
import * as z from 'zod';
import { heldBackMessage } from '../../core/messages/soak-over-message.ts';
import { goesOnItself } from '../../core/rollout/goes-on-itself.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { lockRelease } from '../../db/queries/lock-release.ts';
import { loadRollout, type Rollout } from '../../db/queries/rollouts.ts';
import { rollouts } from '../../db/schema/rollout.ts';
import type { Ctx, Services } from '../kernel/context.ts';
import { deliver } from '../kernel/effects.ts';
import { checkSystem } from '../kernel/permissions.ts';
import { done, type Refusal, type Result } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';
import { whoPromotes } from '../kernel/who-may.ts';
import { destinationsFor } from '../release/destinations-for.ts';
import { checkPromotion } from './check-promotion.ts';
import { startPromotion } from './promote-rollout.ts';
import { type GatesRead, readGatesFirst } from './read-gates-first.ts';
import { mayBePromoted } from './watch-recorded-gates.ts';

const inputSchema = z.object({ releaseId: z.uuid() });

/** Whether a release has soaked and waits for nothing but tminus, as far as its rows tell. */
export function isProgressDue(ctx: Pick<Services, 'driver'>, release: Release, rollout: Rollout): boolean {
  return (
    goesOnItself(release.plan, release.permissions) &&
    rollout.gateWatch?.verdict === 'ready' &&
    mayBePromoted(ctx, release, rollout)
  );
}

/**
 * Goes on to the next phase by itself, if every condition is met that somebody who promotes has to meet, with gates that
 * are read anew: one that is unknown holds it. What holds it otherwise is told, once in a phase. Only tminus itself asks.
 */
export async function progressRollout({
  ctx,
  release,
}: {
  ctx: Ctx;
  release: Release;
}): Promise<Result<{ promoted: boolean }>> {
  const read = await readGatesFirst(ctx, { releaseKey: release.key });
  const input = { releaseId: release.id };
  const run = (scope: Scope) => progress(scope, release.id, read);
  return runVerb({ name: 'rollout.progress', input: inputSchema, run }, { ctx, input });
}

async function progress(
  scope: Scope,
  releaseId: string,
  read: GatesRead | null,
): Promise<Result<{ promoted: boolean }>> {
  const refusal = checkSystem(scope.ctx.actor, { releaseId });
  if (refusal) return { ok: false, refusal };
  const release = await lockRelease(scope.tx, { id: releaseId });
  const rollout = release && (await loadRollout(scope.tx, releaseId));
  if (!release || !rollout || !isProgressDue(scope.ctx, release, rollout)) return done({ promoted: false });
  const checked = await checkPromotion(scope, { release, rollout }, { target: 'next', read });
  if (checked.ok) {
    await startPromotion(scope, checked.value);
    return done({ promoted: true });
  }
  // Gates are told by themselves, and what has changed meanwhile is looked at again.
  const hasFailed = read?.gates.some(({ state }) => state !== 'pass') ?? true;
  if (checked.refusal.code === 'conditions-unmet' && !hasFailed)
    await tellHeldBack(scope, { release, rollout }, checked.refusal);
  return done({ promoted: false });
}

async function tellHeldBack(
  scope: Scope,
  { release, rollout }: { release: Release; rollout: Rollout },
  { message, reasons = [message] }: Refusal,
): Promise<void> {
  const { phaseIndex, trafficPercent } = rollout;
  if (rollout.progressToldPhase === phaseIndex) return;
  await scope.tx
    .update(rollouts)
    .set({ progressToldPhase: phaseIndex })
    .where(eq(rollouts.releaseId, release.id));
  scope.audit({ action: 'rollout.held-back', releaseId: release.id, details: { trafficPercent } });
  const nextPercent = release.plan.rollout.phases[phaseIndex + 1]?.trafficPercent ?? 100;
  await deliver(scope, {
    releaseId: release.id,
    to: destinationsFor(release, 'release'),
    subject: 'rollout-held-back',
    content: heldBackMessage({
      ...{ releaseKey: release.key, trafficPercent, nextPercent, reasons },
      ...{ gates: [], mayPromote: whoPromotes(release) },
    }),
  });
}
