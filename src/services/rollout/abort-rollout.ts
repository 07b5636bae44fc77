import * as z from 'zod';
import type { Release } from '../../db/queries/load-release.ts';
import { activeOperation, knownTrafficPercent, type Rollout } from '../../db/queries/rollouts.ts';
import type { Ctx } from '../kernel/context.ts';
import { loadRolloutForRequest, rightTo } from '../kernel/load-for-request.ts';
import { reasonSchema } from '../kernel/reason-schema.ts';
import { done, type Result, refuse } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';
import { cancelOperation } from './cancel-operation.ts';
import { refuseMissingCommand, refuseMissingDriver } from './choose-command.ts';
import { insertOperation } from './insert-operation.ts';

const namedSchema = z.object({ releaseKey: z.string().nullable() });
const inputSchema = namedSchema.extend({
  reason: reasonSchema('An abort needs a reason: say what you saw.'),
});

/** What the confirmation shows, and what was asked for. */
export interface AbortedRollout {
  releaseKey: string;
  /** Percent, as last read; null when it is not known. */
  fromPercent: number | null;
}

/** Whether somebody may abort a rollout now: asked before the form opens. */
export function prepareAbort(args: {
  ctx: Ctx;
  input: z.infer<typeof namedSchema>;
}): Promise<Result<AbortedRollout>> {
  const run = async (scope: Scope, { releaseKey }: z.infer<typeof namedSchema>) => {
    const checked = await checkAbort(scope, releaseKey);
    if (!checked.ok) return checked;
    const { release, rollout } = checked.value;
    return done({ releaseKey: release.key, fromPercent: knownTrafficPercent(rollout) });
  };
  return runVerb({ name: 'rollout.abort', input: namedSchema, run }, args);
}

/**
 * Takes the traffic of a rollout back, and a promotion that is under way, without rolling the release back: nobody is told
 * that it failed, the product is not locked, and the rollout may begin again with its first phase.
 */
export function abortRollout(args: {
  ctx: Ctx;
  input: z.input<typeof inputSchema>;
}): Promise<Result<AbortedRollout>> {
  const checkRight = rightTo('rollout.abort');
  return runVerb({ name: 'rollout.abort', input: inputSchema, run: abort, checkRight }, args);
}

async function checkAbort(
  scope: Scope,
  releaseKey: string | null,
): Promise<Result<{ release: Release; rollout: Rollout }>> {
  const loaded = await loadRolloutForRequest(scope, releaseKey, 'rollout.abort');
  if (!loaded.ok) return loaded;
  const { release, rollout } = loaded.value;
  const driver = scope.ctx.driver(release.plan.rollout.driver);
  if (!driver) return refuseMissingDriver(release, 'abort');
  const message = whyNot(release, rollout);
  if (message !== null) return refuse('wrong-state', message, { releaseId: release.id });
  return refuseMissingCommand(driver, release, { kind: 'abort', toPercent: 0 }) ?? done({ release, rollout });
}

function whyNot({ key }: Release, rollout: Rollout): string | null {
  const active = activeOperation(rollout);
  if (active?.kind === 'rollback') return `${key} is being rolled back.`;
  if (active?.kind === 'abort') return `The rollout of ${key} is being aborted already.`;
  if (active) return null;
  if (rollout.state === 'rolled_back') return `${key} has been rolled back.`;
  if (rollout.state === 'completed') return `${key} is live for everyone. Roll it back instead.`;
  const hasNone = rollout.state === 'not_started' && knownTrafficPercent(rollout) === 0;
  return hasNone ? `${key} has no traffic; there is nothing to abort.` : null;
}

async function abort(
  scope: Scope,
  { releaseKey, reason }: z.infer<typeof inputSchema>,
): Promise<Result<AbortedRollout>> {
  const checked = await checkAbort(scope, releaseKey);
  if (!checked.ok) return checked;
  const { release, rollout } = checked.value;
  const active = activeOperation(rollout);
  if (active) await cancelOperation(scope, release.id, { operation: active, by: 'abort' });
  const fromPercent = knownTrafficPercent(rollout);
  const operation = { kind: 'abort' as const, fromPercent, toPercent: 0, phaseIndex: null, reason };
  await insertOperation(scope, release, operation, {});
  scope.invalidateCards(release.id);
  return done({ releaseKey: release.key, fromPercent });
}
