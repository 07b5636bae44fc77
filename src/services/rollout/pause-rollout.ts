import { eq } from 'drizzle-orm';
import * as z from 'zod';
import { rolloutPausedMessage, rolloutResumedMessage } from '../../core/messages/rollout-pause-message.ts';
import { isForward } from '../../core/rollout/operation-state.ts';
import type { Release } from '../../db/queries/load-release.ts';
import {
  activeOperation,
  knownTrafficPercent,
  type Operation,
  type Rollout,
} from '../../db/queries/rollouts.ts';
import { rollouts } from '../../db/schema/rollout.ts';
import type { Ctx } from '../kernel/context.ts';
import { deliver } from '../kernel/effects.ts';
import { loadRolloutForRequest, rightTo } from '../kernel/load-for-request.ts';
import { actorName } from '../kernel/permissions.ts';
import { reasonSchema } from '../kernel/reason-schema.ts';
import { done, type Result, refuse } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';
import { destinationsFor } from '../release/destinations-for.ts';
import { cancelOperation } from './cancel-operation.ts';
import { refuseMissingCommand, refuseMissingDriver } from './choose-command.ts';
import { insertOperation } from './insert-operation.ts';

const namedSchema = z.object({ releaseKey: z.string().nullable() });
const pauseSchema = namedSchema.extend({
  reason: reasonSchema('A pause needs a reason: say what it waits for.'),
});

export interface PausedRollout {
  releaseKey: string;
  /** A promotion is under way, which the live system is stopped in, or goes on with. */
  isMidway: boolean;
}

/** Whether somebody may pause a rollout now: asked before the form opens. */
export function preparePause(args: {
  ctx: Ctx;
  input: z.infer<typeof namedSchema>;
}): Promise<Result<PausedRollout>> {
  const run = async (scope: Scope, { releaseKey }: z.infer<typeof namedSchema>) => {
    const checked = await checkPause(scope, releaseKey);
    if (!checked.ok) return checked;
    const { release, active } = checked.value;
    return done({ releaseKey: release.key, isMidway: active !== undefined });
  };
  return runVerb({ name: 'rollout.pause', input: namedSchema, run }, args);
}

/**
 * Keeps a rollout where it is: nothing is promoted, by people or by itself, until it is resumed. A promotion that is under
 * way is stopped in the middle, where the target can do that. Messages and polls go on; it can be rolled back.
 */
export function pauseRollout(args: {
  ctx: Ctx;
  input: z.input<typeof pauseSchema>;
}): Promise<Result<PausedRollout>> {
  const checkRight = rightTo('rollout.pause');
  return runVerb({ name: 'rollout.pause', input: pauseSchema, run: pause, checkRight }, args);
}

async function checkPause(
  scope: Scope,
  releaseKey: string | null,
): Promise<Result<{ release: Release; rollout: Rollout; active: Operation | undefined }>> {
  const loaded = await loadRolloutForRequest(scope, releaseKey, 'rollout.pause');
  if (!loaded.ok) return loaded;
  const { release, rollout } = loaded.value;
  const about = { releaseId: release.id };
  const driver = scope.ctx.driver(release.plan.rollout.driver);
  if (!driver) return refuseMissingDriver(release, 'pause');
  const active = activeOperation(rollout);
  if (active && !isForward(active.kind))
    return refuse(
      'wrong-state',
      `The traffic of ${release.key} is being taken back or paused already.`,
      about,
    );
  const hasEnded = rollout.state === 'rolled_back' || rollout.state === 'completed';
  if (hasEnded && !active) {
    const how = rollout.state === 'completed' ? 'is at 100 %' : 'has been rolled back';
    return refuse('wrong-state', `${release.key} ${how}: there is no rollout to pause.`, about);
  }
  if (rollout.heldAt !== null && !active)
    return refuse('wrong-state', `The rollout of ${release.key} is paused already.`, about);
  const missing =
    active && refuseMissingCommand(driver, release, { kind: 'pause', toPercent: active.toPercent });
  return missing ?? done({ release, rollout, active });
}

async function pause(
  scope: Scope,
  { releaseKey, reason }: z.infer<typeof pauseSchema>,
): Promise<Result<PausedRollout>> {
  const checked = await checkPause(scope, releaseKey);
  if (!checked.ok) return checked;
  const { release, rollout, active } = checked.value;
  const by = actorName(release, scope.ctx.actor);
  await hold(scope, release, { heldAt: new Date(scope.now), heldBy: by, heldReason: reason });
  scope.audit({ action: 'rollout.paused', releaseId: release.id, details: { reason } });
  if (active) await stopMidway(scope, release, { rollout, active, reason });
  const content = rolloutPausedMessage({
    releaseKey: release.key,
    by,
    reason,
    isMidway: active !== undefined,
  });
  await tell(scope, release, { subject: 'rollout-paused', content });
  return done({ releaseKey: release.key, isMidway: active !== undefined });
}

/** The target is told to stop; where it then stands is read, and announced. */
async function stopMidway(
  scope: Scope,
  release: Release,
  { rollout, active, reason }: { rollout: Rollout; active: Operation; reason: string },
): Promise<void> {
  await cancelOperation(scope, release.id, { operation: active, by: 'pause' });
  const { toPercent, phaseIndex } = active;
  const fromPercent = knownTrafficPercent(rollout);
  await insertOperation(scope, release, { kind: 'pause', fromPercent, toPercent, phaseIndex, reason }, {});
}

/** Lets a rollout go on; a promotion that was stopped in the middle, too. */
export function resumeRollout(args: {
  ctx: Ctx;
  input: z.infer<typeof namedSchema>;
}): Promise<Result<PausedRollout>> {
  return runVerb({ name: 'rollout.resume', input: namedSchema, run: resume }, args);
}

async function resume(
  scope: Scope,
  { releaseKey }: z.infer<typeof namedSchema>,
): Promise<Result<PausedRollout>> {
  const loaded = await loadRolloutForRequest(scope, releaseKey, 'rollout.pause');
  if (!loaded.ok) return loaded;
  const { release, rollout } = loaded.value;
  const about = { releaseId: release.id };
  if (rollout.heldAt === null)
    return refuse('wrong-state', `The rollout of ${release.key} is not paused.`, about);
  if (activeOperation(rollout)) {
    const message = `An operation of ${release.key} is under way; wait for its result, then resume.`;
    return refuse('wrong-state', message, about);
  }
  const stopped = stoppedMidway(rollout);
  if (stopped) {
    const driver = scope.ctx.driver(release.plan.rollout.driver);
    if (!driver) return refuseMissingDriver(release, 'resume');
    const { toPercent, phaseIndex } = stopped;
    const missing = refuseMissingCommand(driver, release, { kind: 'resume', toPercent });
    if (missing) return missing;
    const fromPercent = knownTrafficPercent(rollout);
    const operation = { kind: 'resume' as const, fromPercent, toPercent, phaseIndex, reason: null };
    await insertOperation(scope, release, operation, {});
  }
  await hold(scope, release, { heldAt: null, heldBy: null, heldReason: null });
  scope.audit({ action: 'rollout.resumed', releaseId: release.id, details: {} });
  const by = actorName(release, scope.ctx.actor);
  const isMidway = stopped !== null;
  const content = rolloutResumedMessage({ releaseKey: release.key, by, isMidway });
  await tell(scope, release, { subject: 'rollout-resumed', content });
  return done({ releaseKey: release.key, isMidway });
}

/** The pause in which a target stands in the middle of a promotion, or may; null: it was paused between two. */
function stoppedMidway({ operations: [latest], trafficPercent }: Rollout): Operation | null {
  if (latest?.kind !== 'pause' || latest.phaseIndex === null) return null;
  return latest.state === 'succeeded' && trafficPercent === latest.toPercent ? null : latest;
}

async function hold(
  scope: Scope,
  { id }: Release,
  changes: Pick<typeof rollouts.$inferInsert, 'heldAt' | 'heldBy' | 'heldReason'>,
): Promise<void> {
  await scope.tx.update(rollouts).set(changes).where(eq(rollouts.releaseId, id));
  scope.invalidateCards(id);
}

async function tell(
  scope: Scope,
  release: Release,
  message: Pick<Parameters<typeof deliver>[1], 'subject' | 'content'>,
): Promise<void> {
  await deliver(scope, { releaseId: release.id, to: destinationsFor(release, 'release'), ...message });
}
