import pMap from 'p-map';
import { isSettled } from '../../core/rollout/target-state.ts';
import { loadRelease } from '../../db/queries/load-release.ts';
import {
  activeOperation,
  findTargetHolder,
  findUncertainTargets,
  loadRollout,
} from '../../db/queries/rollouts.ts';
import { asSystem } from '../../services/kernel/context.ts';
import type { DeploymentDriver } from '../../services/ports/deployment-driver.ts';
import { targetOf } from '../../services/rollout/choose-command.ts';
import { recordTargetTraffic } from '../../services/rollout/record-target-traffic.ts';
import { repeatRollback } from '../../services/rollout/repeat-rollback.ts';
import type { JobServices } from '../job-services.ts';

/**
 * How long after its last operation a target is read again and again, wall clock: longer than any late command.
 * For a slow target, as long as its commands may take comes on top.
 */
const watchedMs = 5 * 60_000;
/** No driver's commands may take longer than this. */
const maxDeadlineMs = 60 * 60_000;
/** How many targets are read at once: a slow one delays few others. */
const concurrency = 8;

/**
 * Reads targets again that may still change after their last operation: a cancelled command, or one that failed
 * without an answer, may still be on its way. What was rolled back is rolled back again; all else is announced.
 */
export async function watchTargets(jobs: JobServices): Promise<void> {
  const { stopping } = jobs;
  const uncertain = await findUncertainTargets(jobs.db, jobs.clock.wall() - watchedMs - maxDeadlineMs);
  const watch = async (target: { releaseId: string; finishedWall: number }) => {
    if (!stopping.aborted) await watchTarget(jobs, target);
  };
  // A failure at one must not keep the others from being read.
  await pMap(uncertain, watch, { concurrency, stopOnError: false });
}

async function watchTarget(
  jobs: JobServices,
  { releaseId, finishedWall }: { releaseId: string; finishedWall: number },
): Promise<void> {
  const release = await loadRelease(jobs.db, { id: releaseId });
  // Before the target is read: an operation that comes in between has a later say.
  const rollout = await loadRollout(jobs.db, releaseId);
  const [latest] = rollout.operations;
  const driver = latest && jobs.driver(latest.target);
  if (!release || !driver || activeOperation(rollout)) return;
  if (jobs.clock.wall() - finishedWall >= watchedMs + longestDeadlineMs(driver)) return;
  const holder = await findTargetHolder(jobs.db, latest.target);
  // What happens there now is another release's, though it be of the same version.
  if (holder?.releaseId !== releaseId) return;
  const operation = { id: latest.id, returned: latest.handle };
  const target = await driver.observe({ target: targetOf(release), operation }).catch(() => null);
  if (target?.candidateVersion !== release.plan.version) return;
  const { weight: observedPercent } = target;
  const ctx = asSystem(jobs, 'rollout');
  if (rollout.state === 'rolled_back' && observedPercent > 0)
    await repeatRollback({ ctx, input: { releaseId, observedPercent } });
  // A weight on its way to another would be announced at every reading.
  else if (isSettled(target))
    await recordTargetTraffic({ ctx, input: { releaseId, operationId: latest.id, observedPercent } });
}

function longestDeadlineMs({ commands }: DeploymentDriver): number {
  const declared = Object.values(commands).map((command) => command?.deadlineMs ?? 0);
  return Math.min(maxDeadlineMs, Math.max(0, ...declared));
}
