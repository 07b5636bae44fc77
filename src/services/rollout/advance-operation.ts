import { and, eq, isNull } from 'drizzle-orm';
import * as z from 'zod';
import type { Json } from '../../core/audit/canonical-json.ts';
import { canMoveOperation, isFinalOperation } from '../../core/rollout/operation-state.ts';
import { lockRelease } from '../../db/queries/lock-release.ts';
import { loadRollout } from '../../db/queries/rollouts.ts';
import { operations } from '../../db/schema/rollout.ts';
import type { Ctx } from '../kernel/context.ts';
import { checkSystem } from '../kernel/permissions.ts';
import { done, type Result } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';
import { endOperation } from './end-operation.ts';

const handleSchema: z.ZodType<Json> = z.json();
const inputSchema = z.object({
  releaseId: z.uuid(),
  operationId: z.uuid(),
  from: z.enum(['confirmed', 'running', 'verifying']),
  to: z.enum(['running', 'verifying', 'succeeded', 'not_taken', 'failed']),
  /** Percent, as read from the target. */
  observedPercent: z.number().nullable(),
  error: z.string().nullable(),
  /** Of a command that was just taken: what the driver returned, and until when (epoch ms, wall) the target has time. */
  taken: z.object({ handle: handleSchema.nullable(), deadlineAt: z.number() }).nullable(),
});
type Step = z.infer<typeof inputSchema>;

/**
 * Moves an operation one step on, if it still is where the caller saw it: `moved` is false when a
 * rollback took its place or another process was faster. The last step announces what was read.
 */
export function advanceOperation(args: { ctx: Ctx; input: Step }): Promise<Result<{ moved: boolean }>> {
  return runVerb({ name: 'operation.advance', input: inputSchema, run: advance }, args);
}

async function advance(scope: Scope, step: Step): Promise<Result<{ moved: boolean }>> {
  const refusal = checkSystem(scope.ctx.actor, { releaseId: step.releaseId });
  if (refusal) return { ok: false, refusal };
  if (!canMoveOperation(step.from, step.to))
    throw new Error(`an operation can't go from ${step.from} to ${step.to}`);
  const release = await lockRelease(scope.tx, { id: step.releaseId });
  if (!release || !(await moveOperation(scope, step))) return done({ moved: false });
  const rollout = await loadRollout(scope.tx, release.id);
  const operation = rollout.operations.find((entry) => entry.id === step.operationId);
  if (!operation) throw new Error(`operation ${step.operationId} is gone`);
  scope.audit({
    action: `operation.${operation.kind}.${step.to}`,
    releaseId: release.id,
    subject: operation.id,
    details: { from: step.from, observedPercent: step.observedPercent, error: step.error },
  });
  if (isFinalOperation(step.to)) await endOperation(scope, release, { ...operation, state: step.to });
  scope.invalidateCards(release.id);
  return done({ moved: true });
}

/** False, and nothing written, when the operation is not where the caller saw it. */
async function moveOperation(scope: Scope, step: Step): Promise<boolean> {
  const isFinal = isFinalOperation(step.to);
  const moved = await scope.tx
    .update(operations)
    .set({
      state: step.to,
      error: step.error,
      notBefore: null,
      finishedAt: isFinal ? new Date(scope.now) : null,
      finishedWall: isFinal ? new Date(scope.ctx.clock.wall()) : null,
      ...(step.observedPercent === null ? {} : { observedPercent: step.observedPercent }),
      ...(step.taken === null
        ? {}
        : { handle: step.taken.handle, deadlineAt: new Date(step.taken.deadlineAt) }),
    })
    .where(
      and(
        eq(operations.id, step.operationId),
        eq(operations.state, step.from),
        isNull(operations.finishedAt),
      ),
    )
    .returning({ id: operations.id });
  return moved.length === 1;
}
