import { eq } from 'drizzle-orm';
import { durationMs } from '../../core/calendar/duration.ts';
import { type EndedOperation, isRoutine, operationMessage } from '../../core/messages/operation-message.ts';
import { isForward } from '../../core/rollout/operation-state.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { loadRollout, type Operation } from '../../db/queries/rollouts.ts';
import { rollouts } from '../../db/schema/rollout.ts';
import { cancelTimers, deliver, setTimer } from '../kernel/effects.ts';
import type { Scope } from '../kernel/scope.ts';
import { destinationsFor } from '../release/destinations-for.ts';
import { followRollout } from './follow-rollout.ts';
import { writeSoakSubject } from './soak-subject.ts';

const soakOver = 'soak-over';
/** A phase is judged by what is seen in it. */
const nothingSeen = {
  ...{ gates: [], gateWatch: null, ruleRuns: null, ruleAskedAt: null },
  progressToldPhase: null,
};

/** What follows from the end of an operation: its announcement, and what it changes in rollout and release. */
export async function endOperation(
  scope: Scope,
  release: Release,
  operation: Operation & Pick<EndedOperation, 'state'>,
): Promise<void> {
  const { kind, observedPercent, state } = operation;
  if (observedPercent !== null) await changeRollout(scope, release, { trafficPercent: observedPercent });
  const ended = { ...operation, tookMs: scope.ctx.clock.wall() - operation.requestedWall };
  await deliver(scope, {
    releaseId: release.id,
    to: destinationsFor(release, 'release'),
    subject: `${kind}-${state}`,
    content: operationMessage(release.key, ended),
    ...(isRoutine(ended) ? { inThreadOf: 'rollout' } : {}),
  });
  if (state !== 'succeeded' || kind === 'pause') return;
  if (isForward(kind)) return enterPhase(scope, release, operation);
  if (kind === 'abort') return beginAnew(scope, release);
  await cancelSoak(scope, release);
  await changeRollout(scope, release, { state: 'rolled_back', ...nothingSeen });
  await followRollout(scope, release, 'rolled_back');
}

async function changeRollout(
  scope: Scope,
  release: Release,
  changes: Partial<typeof rollouts.$inferInsert>,
): Promise<void> {
  await scope.tx.update(rollouts).set(changes).where(eq(rollouts.releaseId, release.id));
}

async function enterPhase(scope: Scope, release: Release, operation: Operation): Promise<void> {
  const phaseIndex = operation.phaseIndex ?? 0;
  const state = operation.toPercent === 100 ? 'completed' : 'running';
  const phaseSince = new Date(scope.now);
  await changeRollout(scope, release, { state, phaseIndex, phaseSince, ...nothingSeen });
  await followRollout(scope, release, state);
  if (state === 'completed') return;
  const soakMs = durationMs(release.plan.rollout.phases[phaseIndex]?.soak ?? 'PT0S');
  if (soakMs === 0) return;
  const subjectId = writeSoakSubject({ releaseId: release.id, phaseIndex });
  await setTimer(scope, { releaseId: release.id, kind: soakOver, subjectId, dueAt: scope.now + soakMs });
}

/** An abort is no end: the rollout may begin again with its first phase. */
async function beginAnew(scope: Scope, release: Release): Promise<void> {
  await cancelSoak(scope, release);
  const start = { state: 'not_started' as const, phaseIndex: -1, phaseSince: null };
  await changeRollout(scope, release, { ...start, ...nothingSeen });
}

/** What was rolled back has no soak that could end. Before the first phase there is none. */
async function cancelSoak(scope: Scope, { id: releaseId }: Release): Promise<void> {
  const { phaseIndex } = await loadRollout(scope.tx, releaseId);
  if (phaseIndex >= 0) await cancelTimers(scope, writeSoakSubject({ releaseId, phaseIndex }), soakOver);
}
