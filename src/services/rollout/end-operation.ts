import { eq } from 'drizzle-orm';
import { durationMs } from '../../core/calendar/duration.ts';
import { type EndedOperation, operationMessage } from '../../core/messages/operation-message.ts';
import type { Release } from '../../db/queries/load-release.ts';
import type { Operation } from '../../db/queries/rollouts.ts';
import { rollouts } from '../../db/schema/rollout.ts';
import { sendOnEvent, withholdWaiting } from '../communication/send-communication.ts';
import { deliver, setTimer } from '../kernel/effects.ts';
import type { Scope } from '../kernel/scope.ts';
import { closeAfterFollowUp } from '../release/close-release.ts';
import { destinationsFor } from '../release/destinations-for.ts';
import { moveRelease } from '../release/move-release.ts';
import { writeSoakSubject } from './soak-subject.ts';

/** What follows from the end of an operation: its announcement, and what it changes in rollout and release. */
export async function endOperation(
  scope: Scope,
  release: Release,
  operation: Operation & Pick<EndedOperation, 'state'>,
): Promise<void> {
  const { kind, observedPercent, state } = operation;
  if (observedPercent !== null) await changeRollout(scope, release, { trafficPercent: observedPercent });
  const tookMs = scope.ctx.clock.wall() - operation.requestedWall;
  await deliver(scope, {
    releaseId: release.id,
    to: destinationsFor(release, 'release'),
    subject: `${kind}-${state}`,
    content: operationMessage(release.key, { ...operation, tookMs }),
  });
  if (state !== 'succeeded') return;
  if (kind === 'rollback') await finishRollback(scope, release);
  else await enterPhase(scope, release, operation);
}

async function changeRollout(
  scope: Scope,
  release: Release,
  changes: Partial<typeof rollouts.$inferInsert>,
): Promise<void> {
  await scope.tx.update(rollouts).set(changes).where(eq(rollouts.releaseId, release.id));
}

async function finishRollback(scope: Scope, release: Release): Promise<void> {
  await changeRollout(scope, release, { state: 'rolled_back', gates: [] });
  await moveRelease(scope, release, 'rollBack');
  await sendOnEvent(scope, release, 'rolled-back');
  await withholdWaiting(scope, release, 'Not sent: the release was rolled back.');
}

async function enterPhase(scope: Scope, release: Release, operation: Operation): Promise<void> {
  const phaseIndex = operation.phaseIndex ?? 0;
  const isComplete = operation.toPercent === 100;
  const state = isComplete ? 'completed' : 'running';
  await changeRollout(scope, release, { state, phaseIndex, phaseSince: new Date(scope.now), gates: [] });
  if (isComplete) {
    await sendOnEvent(scope, release, 'rollout-completed');
    return closeAfterFollowUp(scope, release);
  }
  const soakMs = durationMs(release.plan.rollout.phases[phaseIndex]?.soak ?? 'PT0S');
  if (soakMs === 0) return;
  const subjectId = writeSoakSubject({ releaseId: release.id, phaseIndex });
  await setTimer(scope, { releaseId: release.id, kind: 'soak-over', subjectId, dueAt: scope.now + soakMs });
}
