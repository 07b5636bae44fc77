import * as z from 'zod';
import { durationMs } from '../../core/calendar/duration.ts';
import { operationMessage } from '../../core/messages/operation-message.ts';
import {
  canMoveOperation,
  type FinalOperationState,
  isFinalOperation,
} from '../../core/rollout/operation-state.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { lockRelease } from '../../db/queries/lock-release.ts';
import { loadRollout, type Operation } from '../../db/queries/rollouts.ts';
import { sendOnEvent, withholdWaiting } from '../communication/send-communication.ts';
import type { Ctx } from '../kernel/context.ts';
import { deliver, setTimer } from '../kernel/effects.ts';
import { checkSystem } from '../kernel/permissions.ts';
import { done, type Result } from '../kernel/result.ts';
import { runVerb, type Scope } from '../kernel/verb.ts';
import { closeAfterFollowUp } from '../release/close-release.ts';
import { destinationsFor } from '../release/destinations-for.ts';
import { moveRelease } from '../release/move-release.ts';

const inputSchema = z.object({
  releaseId: z.uuid(),
  operationId: z.uuid(),
  from: z.enum(['confirmed', 'running', 'verifying']),
  to: z.enum(['running', 'verifying', 'succeeded', 'not_taken', 'failed']),
  /** Percent, as read from the target. */
  observedPercent: z.number().nullable(),
  error: z.string().nullable(),
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
  if (!release) return done({ moved: false });
  const { rowCount } = await scope.tx.$client.query({
    name: 'advance-operation',
    text: `update operations set state = $3, observed_percent = coalesce($4, observed_percent), error = $5,
        finished_at = $6, finished_wall = $7, not_before = null
      where id = $1 and state = $2 and finished_at is null`,
    values: [
      step.operationId,
      step.from,
      step.to,
      step.observedPercent,
      step.error,
      isFinalOperation(step.to) ? new Date(scope.now) : null,
      isFinalOperation(step.to) ? new Date(scope.ctx.clock.wall()) : null,
    ],
  });
  if (rowCount !== 1) return done({ moved: false });
  const rollout = await loadRollout(scope.tx, release.id);
  const operation = rollout.operations.find((entry) => entry.id === step.operationId);
  if (!operation) throw new Error(`operation ${step.operationId} is gone`);
  const details = { from: step.from, observedPercent: step.observedPercent, error: step.error };
  scope.audit({
    action: `operation.${operation.kind}.${step.to}`,
    releaseId: release.id,
    subject: operation.id,
    details,
  });
  if (isFinalOperation(step.to)) await endOperation(scope, release, { ...operation, state: step.to });
  scope.invalidateCards(release.id);
  return done({ moved: true });
}

async function endOperation(
  scope: Scope,
  release: Release,
  operation: Operation & { state: Extract<Step['to'], FinalOperationState> },
): Promise<void> {
  const { state } = operation;
  if (operation.observedPercent !== null)
    await recordTrafficPercent(scope, release, operation.observedPercent);
  const tookMs = scope.ctx.clock.wall() - operation.requestedWall;
  await deliver(scope, {
    releaseId: release.id,
    to: destinationsFor(release, 'release'),
    subject: `${operation.kind}-${state}`,
    content: operationMessage(release.key, { ...operation, tookMs }),
  });
  if (state !== 'succeeded') return;
  if (operation.kind === 'rollback') await finishRollback(scope, release);
  else await enterPhase(scope, release, operation);
}

async function recordTrafficPercent(scope: Scope, release: Release, trafficPercent: number): Promise<void> {
  await scope.tx.$client.query({
    name: 'record-traffic',
    text: 'update rollouts set traffic_percent = $2 where release_id = $1',
    values: [release.id, trafficPercent],
  });
}

async function finishRollback(scope: Scope, release: Release): Promise<void> {
  await scope.tx.$client.query({
    name: 'rollout-rolled-back',
    text: `update rollouts set state = 'rolled_back', gates = '[]' where release_id = $1`,
    values: [release.id],
  });
  await moveRelease(scope, release, 'rollBack');
  await sendOnEvent(scope, release, 'rolled-back');
  await withholdWaiting(scope, release, 'Not sent: the release was rolled back.');
}

async function enterPhase(scope: Scope, release: Release, operation: Operation): Promise<void> {
  const index = operation.phaseIndex ?? 0;
  const complete = operation.toPercent === 100;
  await scope.tx.$client.query({
    name: 'enter-phase',
    text: `update rollouts set state = $2, phase_index = $3, phase_since = $4, gates = '[]' where release_id = $1`,
    values: [release.id, complete ? 'completed' : 'running', index, new Date(scope.now)],
  });
  if (complete) {
    await sendOnEvent(scope, release, 'rollout-completed');
    return closeAfterFollowUp(scope, release);
  }
  const soakMs = durationMs(release.plan.rollout.phases[index]?.soak ?? 'PT0S');
  if (soakMs === 0) return;
  const subjectId = `${release.id}:${index}`;
  await setTimer(scope, { releaseId: release.id, kind: 'soak-over', subjectId, dueAt: scope.now + soakMs });
}
