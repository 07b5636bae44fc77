import { and, eq, sql } from 'drizzle-orm';
import { isWeightReached, judgeTarget, type TargetState } from '../../core/rollout/target-state.ts';
import { operations } from '../../db/schema/rollout.ts';
import { backOffMs } from '../../lib/back-off.ts';
import { errorMessage } from '../../lib/error-message.ts';
import {
  advance,
  callOf,
  type OperationStep,
  observedPercentOf,
  observeTarget,
  wantedOf,
} from './operation-step.ts';

/** How often the driver is tried before an operation counts as failed. A rollback is tried for longer. */
const maxAttempts = { promote: 5, rollback: 10, abort: 10, pause: 5, resume: 5 } as const;

/**
 * Gives the target its command. One that may have been given before is not repeated when the target shows its
 * result already. When the driver fails, it is tried again later.
 */
export async function giveCommand(
  step: OperationStep,
  { mayBeGiven }: { mayBeGiven: boolean },
): Promise<unknown> {
  const { operation, command } = step;
  const isRollback = operation.kind === 'rollback' || operation.kind === 'abort';
  // A target that can't be read is no reason to hold a command back: commands may be repeated.
  const target = isRollback || mayBeGiven ? await observeTarget(step).catch(() => null) : null;
  if (target && isRollback && (await isAnothersTarget(step, target))) return null;
  if (target && mayBeGiven && judgeTarget(target, wantedOf(step)).kind === 'reached')
    return startVerifying(step, operation.handle);
  let handle: OperationStep['operation']['handle'];
  try {
    handle = await command.run(callOf(step));
  } catch (error) {
    return retryOrFail(step, error);
  }
  return startVerifying(step, handle);
}

/** From here on the target has as long as its driver says to show the result. */
function startVerifying(step: OperationStep, handle: OperationStep['operation']['handle']): Promise<unknown> {
  const deadlineAt = step.jobs.clock.wall() + step.command.deadlineMs;
  return advance(step, { from: 'running', to: 'verifying' }, { taken: { handle, deadlineAt } });
}

/**
 * Whether the target rolls out another version: to roll that back would take its traffic, not this one's. Then
 * the operation has failed.
 */
async function isAnothersTarget(step: OperationStep, target: TargetState): Promise<boolean> {
  const { version } = step.release.plan;
  if (target.candidateVersion === version) return false;
  const observedPercent = observedPercentOf(step, target);
  if (target.weight === 0 && observedPercent === 0) return false;
  const has =
    target.weight === 0 ? `has ${version} as its stable version` : `rolls out ${target.candidateVersion}`;
  const error = `The target ${has}, so there is nothing of ${version} that a rollback could take back. Nothing was changed.`;
  await advance(step, { from: 'running', to: 'failed' }, { observedPercent, error });
  return true;
}

async function retryOrFail(step: OperationStep, cause: unknown): Promise<unknown> {
  const { jobs, operation } = step;
  const error = errorMessage(cause);
  const attempts = operation.attempts + 1;
  jobs.log.warn({ operationId: operation.id, attempts, error }, 'the driver failed');
  if (attempts >= maxAttempts[operation.kind]) return giveUp(step, error);
  const notBefore = new Date(jobs.clock.wall() + backOffMs(attempts, jobs.random));
  return jobs.db
    .update(operations)
    .set({ attempts: sql`${operations.attempts} + 1`, notBefore, error })
    .where(and(eq(operations.id, operation.id), eq(operations.state, 'running')));
}

/** A command without an answer may have been carried out all the same: the target has the last word. */
async function giveUp(step: OperationStep, error: string): Promise<unknown> {
  const target = await observeTarget(step).catch(() => null);
  if (!target) return advance(step, { from: 'running', to: 'failed' }, { error });
  const observedPercent = observedPercentOf(step, target);
  const { weight, tolerance } = wantedOf(step);
  if (isWeightReached(observedPercent, weight, tolerance) || target.status.kind === 'progressing')
    return startVerifying(step, step.operation.handle);
  return advance(step, { from: 'running', to: 'failed' }, { error, observedPercent });
}
