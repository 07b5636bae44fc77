import * as z from 'zod';
import { describeInstant } from '../../core/calendar/describe-instant.ts';
import { activeOperation, findTargetHolder, knownTrafficPercent } from '../../db/queries/rollouts.ts';
import type { Ctx } from '../kernel/context.ts';
import { loadRolloutForRequest, rightTo } from '../kernel/load-for-request.ts';
import { reasonSchema } from '../kernel/reason-schema.ts';
import { done, type Result, refuse } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';
import { cancelOperation } from './cancel-operation.ts';
import { refuseMissingCommand, refuseMissingDriver } from './choose-command.ts';
import { insertOperation } from './insert-operation.ts';

const inputSchema = z.object({
  releaseKey: z.string().nullable(),
  reason: reasonSchema('A rollback needs a reason: say what you saw.'),
});

export interface RequestedRollback {
  releaseKey: string;
  operationId: string;
  /** Percent, as last read; null when it is not known. */
  fromPercent: number | null;
}

/**
 * Sends all traffic back to the version before. Possible whenever anything was rolled out, also while a
 * promotion is under way, which it cancels, and when the metrics source is down.
 */
export function rollBackRollout(args: {
  ctx: Ctx;
  input: z.input<typeof inputSchema>;
}): Promise<Result<RequestedRollback>> {
  return runVerb(
    {
      name: 'rollout.rollback',
      input: inputSchema,
      checkRight: rightTo('rollout.rollback'),
      run: beginRollback,
    },
    args,
  );
}

/** What the confirmation shows. */
export interface RollbackFacts {
  releaseKey: string;
  /** Percent; null when the last operation was not confirmed at the target. */
  trafficPercent: number | null;
  /** When it went live, in words; null unless it is one that was completed. */
  wentLive: string | null;
}

/** Whether somebody may ask for a rollback now: what the confirmation shows before it is opened. */
export function prepareRollback(args: {
  ctx: Ctx;
  input: { releaseKey: string | null };
}): Promise<Result<RollbackFacts>> {
  const prepareSchema = z.object({ releaseKey: z.string().nullable() });
  const run = async (scope: Scope, input: { releaseKey: string | null }) => {
    const checked = await checkRollback(scope, input.releaseKey);
    if (!checked.ok) return checked;
    const { release, rollout } = checked.value;
    const { zone } = release.plan.goLive;
    const wentLive = release.state === 'completed' ? describeInstant(release.goLiveAt, zone) : null;
    return done({ releaseKey: release.key, trafficPercent: knownTrafficPercent(rollout), wentLive });
  };
  return runVerb({ name: 'rollout.rollback', input: prepareSchema, run }, args);
}

async function checkRollback(scope: Scope, releaseKey: string | null) {
  const loaded = await loadRolloutForRequest(scope, releaseKey, 'rollout.rollback');
  if (!loaded.ok) return loaded;
  const { release, rollout } = loaded.value;
  const active = activeOperation(rollout);
  const about = { releaseId: release.id };
  if (active?.kind === 'rollback') {
    return refuse(
      'wrong-state',
      `A rollback of ${release.key} is already under way, requested by ${active.requestedByName}.`,
      about,
    );
  }
  if (rollout.state === 'rolled_back' && knownTrafficPercent(rollout) === 0) {
    return refuse('wrong-state', `${release.key} has already been rolled back.`, about);
  }
  const driver = scope.ctx.driver(release.plan.rollout.driver);
  // Said before anything about traffic, of which nothing is known then.
  if (!driver) return refuseMissingDriver(release, 'rollback');
  if (rollout.state === 'not_started' && !active && rollout.operations.length === 0) {
    return refuse('wrong-state', `${release.key} has no traffic yet; there is nothing to roll back.`, about);
  }
  const holder = await findTargetHolder(scope.tx, release.plan.rollout.driver);
  if (holder && holder.releaseId !== release.id && holder.state !== 'rolled_back') {
    const message = `${holder.key} was rolled out on the same system after ${release.key}. Roll that one back instead.`;
    return refuse('wrong-state', message, about);
  }
  const missing = refuseMissingCommand(driver, release, { kind: 'rollback', toPercent: 0 });
  if (missing) return missing;
  return done({ release, rollout, active });
}

/** The same within a transaction that has decided on it; the actor's right is checked. */
export async function beginRollback(
  scope: Scope,
  input: z.infer<typeof inputSchema>,
): Promise<Result<RequestedRollback>> {
  const checked = await checkRollback(scope, input.releaseKey);
  if (!checked.ok) return checked;
  const { release, rollout, active } = checked.value;
  // A rollback outranks whatever is running.
  if (active) await cancelOperation(scope, release.id, { operation: active, by: 'rollback' });
  const fromPercent = knownTrafficPercent(rollout);
  const operation = {
    kind: 'rollback' as const,
    fromPercent,
    toPercent: 0,
    phaseIndex: null,
    reason: input.reason,
  };
  const operationId = await insertOperation(scope, release, operation, {});
  scope.invalidateCards(release.id);
  return done({ releaseKey: release.key, operationId, fromPercent });
}
