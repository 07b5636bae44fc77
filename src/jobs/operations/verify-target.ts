import { and, eq } from 'drizzle-orm';
import { judgeTarget } from '../../core/rollout/target-state.ts';
import { operations } from '../../db/schema/rollout.ts';
import { errorMessage } from '../../lib/error-message.ts';
import { asSystem } from '../../services/kernel/context.ts';
import { recordProgress } from '../../services/rollout/record-progress.ts';
import { advance, type OperationStep, observedPercentOf, observeTarget, wantedOf } from './operation-step.ts';

/** At first the target is read in quick succession, in one job: most act at once. Milliseconds, like all below. */
const quickForMs = 1_500;
const quickIntervalMs = 300;
/** Afterwards a job reads once and comes back later: a slow target must not keep a worker from others. */
const minIntervalMs = 1_000;
const maxIntervalMs = 5_000;

/**
 * Reads the target until it shows what was requested and says that it is done, or that it failed, or its deadline
 * has passed. Everything that is needed to go on is in the row, so any process can.
 */
export async function verifyTarget(step: OperationStep): Promise<unknown> {
  const { jobs, operation, command } = step;
  // A clock that went back must not make the deadline later than the command allows.
  const latest = jobs.clock.wall() + command.deadlineMs;
  const deadlineAt = Math.min(operation.deadlineAt ?? jobs.clock.wall(), latest);
  const quickUntil = deadlineAt - command.deadlineMs + quickForMs;
  for (;;) {
    const reading = await readTarget(step);
    if (reading.kind === 'reached' || reading.kind === 'failed') return endVerifying(step, reading);
    const leftMs = deadlineAt - jobs.clock.wall();
    if (leftMs <= 0) return endVerifying(step, reading);
    if (jobs.stopping.aborted) return null;
    if (jobs.clock.wall() >= quickUntil) return comeBack(step, { progress: reading.progress, deadlineAt });
    await jobs.sleep(Math.min(quickIntervalMs, leftMs));
  }
}

type Reading =
  | { kind: 'reached'; observedPercent: number }
  | { kind: 'failed'; observedPercent: number; error: string }
  | { kind: 'waiting'; observedPercent: number | null; progress: string | null; error: string | null };

async function readTarget(step: OperationStep): Promise<Reading> {
  try {
    const target = await observeTarget(step);
    const observedPercent = observedPercentOf(step, target);
    const verdict = judgeTarget(target, wantedOf(step));
    switch (verdict.kind) {
      case 'reached':
        return { kind: 'reached', observedPercent };
      case 'failed':
        return { kind: 'failed', observedPercent, error: `The target failed: ${asSentence(verdict.reason)}` };
      case 'waiting':
        return { kind: 'waiting', observedPercent, progress: verdict.progress, error: verdict.sentence };
    }
  } catch (cause) {
    // What it has come to is not known: the card goes on showing what was read last.
    const { progress } = step.operation;
    return { kind: 'waiting', observedPercent: null, progress, error: errorMessage(cause) };
  }
}

function asSentence(reason: string): string {
  return /[.!?]$/.test(reason) ? reason : `${reason}.`;
}

function endVerifying(step: OperationStep, reading: Reading): Promise<unknown> {
  const { observedPercent } = reading;
  switch (reading.kind) {
    case 'reached':
      return advance(step, { from: 'verifying', to: 'succeeded' }, { observedPercent });
    case 'failed':
      return advance(step, { from: 'verifying', to: 'failed' }, { observedPercent, error: reading.error });
    case 'waiting':
      return advance(step, { from: 'verifying', to: 'not_taken' }, { observedPercent, error: reading.error });
  }
}

/** Notes how far the target is, and when it is read next: more rarely where it may take long. */
async function comeBack(
  { jobs, release, operation, command }: OperationStep,
  { progress, deadlineAt }: { progress: string | null; deadlineAt: number },
): Promise<void> {
  if (progress !== operation.progress) {
    const input = { releaseId: release.id, operationId: operation.id, progress };
    await recordProgress({ ctx: asSystem(jobs, 'rollout'), input });
  }
  const intervalMs = Math.max(minIntervalMs, Math.min(maxIntervalMs, command.deadlineMs / 60));
  const notBefore = new Date(Math.min(jobs.clock.wall() + intervalMs, deadlineAt));
  await jobs.db
    .update(operations)
    .set({ notBefore, deadlineAt: new Date(deadlineAt) })
    .where(and(eq(operations.id, operation.id), eq(operations.state, 'verifying')));
}
