import { eq } from 'drizzle-orm';
import * as z from 'zod';
import { localDate } from '../../core/card/local-date.ts';
import { armedMessage, disarmedMessage } from '../../core/messages/rule-message.ts';
import { describeRule } from '../../core/rollout/watch-rules.ts';
import type { Release } from '../../db/queries/load-release.ts';
import type { Rollout } from '../../db/queries/rollouts.ts';
import { rollouts } from '../../db/schema/rollout.ts';
import type { Ctx } from '../kernel/context.ts';
import { deliver } from '../kernel/effects.ts';
import { loadRolloutForRequest, rightTo } from '../kernel/load-for-request.ts';
import { actorName } from '../kernel/permissions.ts';
import { reasonSchema } from '../kernel/reason-schema.ts';
import { done, type Refusal, type Result, refuse } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';
import { destinationsFor } from '../release/destinations-for.ts';

/** Longer than a working day it can't be off: whoever wants that changes the plan. */
const longestMs = 12 * 3_600_000;

const armSchema = z.object({ releaseKey: z.string().nullable() });

const disarmSchema = z.object({
  releaseKey: z.string().nullable(),
  reason: reasonSchema('Switching it off needs a reason: say what you are about to do.'),
  /** Epoch ms. */
  until: z.number().int(),
});
type DisarmInput = z.infer<typeof disarmSchema>;

export interface DisarmedRelease {
  releaseKey: string;
  until: number;
  zone: string;
}

/** Until an instant no rollback rule of a release acts by itself; people are asked instead. Its channel is told. */
export function disarmRollback(args: { ctx: Ctx; input: DisarmInput }): Promise<Result<DisarmedRelease>> {
  const checkRight = rightTo('rollout.disarm');
  return runVerb({ name: 'rollout.disarm', input: disarmSchema, run: disarm, checkRight }, args);
}

async function disarm(
  scope: Scope,
  { releaseKey, reason, until }: DisarmInput,
): Promise<Result<DisarmedRelease>> {
  const loaded = await loadRolloutForRequest(scope, releaseKey, 'rollout.disarm');
  if (!loaded.ok) return loaded;
  const { release, rollout } = loaded.value;
  const refusal = refuseManual(release, rollout) ?? refuseTime(scope, release, until);
  if (refusal) return { ok: false, refusal };
  const by = actorName(release, scope.ctx.actor);
  await change(scope, release, {
    ...{ disarmedUntil: new Date(until), disarmedBy: by, disarmedReason: reason },
  });
  const details = { until: new Date(until).toISOString(), reason };
  scope.audit({ action: 'rollout.disarmed', releaseId: release.id, details });
  const { zone } = release.plan.goLive;
  const told = { releaseKey: release.key, by, until: localDate(until, zone), reason };
  await tell(scope, release, { subject: 'disarmed', content: disarmedMessage(told) });
  return done({ releaseKey: release.key, until, zone });
}

/** What the form shows. */
export interface ArmedRelease {
  releaseKey: string;
  zone: string;
  /** `Error rate above 1 % for 5 minutes`. */
  rules: string[];
}

/** Whether somebody may switch it off now: what is asked before the form opens. */
export function prepareDisarm(args: {
  ctx: Ctx;
  input: z.infer<typeof armSchema>;
}): Promise<Result<ArmedRelease>> {
  const run = async (scope: Scope, { releaseKey }: z.infer<typeof armSchema>) => {
    const loaded = await loadRolloutForRequest(scope, releaseKey, 'rollout.disarm');
    if (!loaded.ok) return loaded;
    const { release, rollout } = loaded.value;
    const refusal = refuseManual(release, rollout);
    if (refusal) return { ok: false as const, refusal };
    const { goLive, rollout: planned } = release.plan;
    const rules = (planned.rollback?.rules ?? []).map(describeRule);
    return done({ releaseKey: release.key, zone: goLive.zone, rules });
  };
  return runVerb({ name: 'rollout.disarm', input: armSchema, run }, args);
}

/** Switches the automatic rollback of a release on again before its time. Its channel is told. */
export function armRollback(args: {
  ctx: Ctx;
  input: z.infer<typeof armSchema>;
}): Promise<Result<{ releaseKey: string }>> {
  return runVerb({ name: 'rollout.arm', input: armSchema, run: arm }, args);
}

async function arm(
  scope: Scope,
  { releaseKey }: z.infer<typeof armSchema>,
): Promise<Result<{ releaseKey: string }>> {
  const loaded = await loadRolloutForRequest(scope, releaseKey, 'rollout.disarm');
  if (!loaded.ok) return loaded;
  const { release, rollout } = loaded.value;
  const about = { releaseId: release.id };
  const refusal = refuseManual(release, rollout);
  if (refusal) return { ok: false, refusal };
  if ((rollout.disarmedUntil?.getTime() ?? 0) <= scope.now)
    return refuse('wrong-state', `The automatic rollback of ${release.key} is on.`, about);
  await change(scope, release, { disarmedUntil: null, disarmedBy: null, disarmedReason: null });
  scope.audit({ action: 'rollout.armed', releaseId: release.id, details: {} });
  const by = actorName(release, scope.ctx.actor);
  await tell(scope, release, { subject: 'armed', content: armedMessage({ releaseKey: release.key, by }) });
  return done({ releaseKey: release.key });
}

function refuseManual({ id, key, plan }: Release, { state }: Rollout): Refusal | null {
  const about = { releaseId: id };
  if (!plan.rollout.rollback?.automatic) {
    const message = `${key} is not rolled back by itself: by its plan, people decide.`;
    return refuse('wrong-state', message, about).refusal;
  }
  if (state !== 'rolled_back') return null;
  return refuse('wrong-state', `${key} has been rolled back.`, about).refusal;
}

function refuseTime({ now }: Scope, { id }: Release, until: number): Refusal | null {
  const about = { releaseId: id, field: 'until' };
  if (until <= now) return refuse('invalid', 'That time has passed. Choose a later one.', about).refusal;
  if (until - now <= longestMs) return null;
  const message = 'It can be off for twelve hours at most. To have it off for good, change the plan.';
  return refuse('invalid', message, about).refusal;
}

async function change(
  scope: Scope,
  release: Release,
  changes: Partial<typeof rollouts.$inferInsert>,
): Promise<void> {
  await scope.tx.update(rollouts).set(changes).where(eq(rollouts.releaseId, release.id));
  scope.invalidateCards(release.id);
}

async function tell(
  scope: Scope,
  release: Release,
  message: Pick<Parameters<typeof deliver>[1], 'subject' | 'content'>,
): Promise<void> {
  await deliver(scope, { releaseId: release.id, to: destinationsFor(release, 'release'), ...message });
}
