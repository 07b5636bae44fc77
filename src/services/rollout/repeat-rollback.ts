import * as z from 'zod';
import { lockRelease } from '../../db/queries/lock-release.ts';
import { activeOperation, loadRollout } from '../../db/queries/rollouts.ts';
import type { Ctx } from '../kernel/context.ts';
import { checkSystem } from '../kernel/permissions.ts';
import { done, type Result } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';
import { insertOperation } from './insert-operation.ts';

const inputSchema = z.object({
  releaseId: z.uuid(),
  /** Percent, as read from the target after the rollback. */
  observedPercent: z.number().gt(0),
});

/**
 * Rolls back again when the target turned away from a confirmed rollback: a command that was cancelled
 * may have reached it late. Only tminus itself asks for it.
 */
export function repeatRollback(args: {
  ctx: Ctx;
  input: z.infer<typeof inputSchema>;
}): Promise<Result<{ repeated: boolean }>> {
  return runVerb({ name: 'rollout.repeat-rollback', input: inputSchema, run: repeat }, args);
}

async function repeat(
  scope: Scope,
  input: z.infer<typeof inputSchema>,
): Promise<Result<{ repeated: boolean }>> {
  const refusal = checkSystem(scope.ctx.actor, { releaseId: input.releaseId });
  if (refusal) return { ok: false, refusal };
  const release = await lockRelease(scope.tx, { id: input.releaseId });
  if (!release) return done({ repeated: false });
  const rollout = await loadRollout(scope.tx, release.id);
  if (rollout.state !== 'rolled_back' || activeOperation(rollout)) return done({ repeated: false });
  const fromPercent = input.observedPercent;
  const reason = `The live system showed ${fromPercent} % on the new version again after the rollback.`;
  const operation = { kind: 'rollback' as const, fromPercent, toPercent: 0, phaseIndex: null, reason };
  await insertOperation(scope, release, operation, {});
  scope.invalidateCards(release.id);
  return done({ repeated: true });
}
