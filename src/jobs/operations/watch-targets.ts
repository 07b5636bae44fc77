import pMap from 'p-map';
import { loadRelease } from '../../db/queries/load-release.ts';
import {
  activeOperation,
  findTargetHolder,
  findUncertainTargets,
  loadRollout,
} from '../../db/queries/rollouts.ts';
import { asSystem } from '../../services/kernel/context.ts';
import { recordTargetTraffic } from '../../services/rollout/record-target-traffic.ts';
import { repeatRollback } from '../../services/rollout/repeat-rollback.ts';
import type { JobServices } from '../job-services.ts';

/** How long after its last operation a target is read again and again, wall clock: longer than any late command. */
const watchedMs = 5 * 60_000;
/** Targets that are read side by side: one that is slow to answer delays few others. */
const concurrency = 8;

/**
 * Looks after targets that may turn out otherwise than they were read: a cancelled command, or one that failed
 * without an answer, may still be on its way. What was rolled back is rolled back again; all else is told.
 */
export async function watchTargets(jobs: JobServices): Promise<void> {
  const { stopping } = jobs;
  const uncertain = await findUncertainTargets(jobs.db, jobs.clock.wall() - watchedMs);
  const watch = async ({ releaseId }: { releaseId: string }) => {
    if (!stopping.aborted) await watchTarget(jobs, releaseId);
  };
  // One that fails keeps no other from being looked at.
  await pMap(uncertain, watch, { concurrency, stopOnError: false });
}

async function watchTarget(jobs: JobServices, releaseId: string): Promise<void> {
  const release = await loadRelease(jobs.db, { id: releaseId });
  // Before the target is read: an operation that comes in between has a later say.
  const rollout = await loadRollout(jobs.db, releaseId);
  const [latest] = rollout.operations;
  const driver = release && jobs.driver(release.plan.rollout.driver);
  if (!driver || !latest || activeOperation(rollout)) return;
  const holder = await findTargetHolder(jobs.db, release.plan.rollout.driver);
  // What happens there now is another release's, though it be of the same version.
  if (holder?.releaseId !== releaseId) return;
  const target = await driver.observe().catch(() => null);
  if (target?.candidateVersion !== release.plan.version) return;
  const { weight: observedPercent } = target;
  const ctx = asSystem(jobs, 'rollout');
  if (rollout.state === 'rolled_back' && observedPercent > 0) {
    await repeatRollback({ ctx, input: { releaseId, observedPercent } });
  } else await recordTargetTraffic({ ctx, input: { releaseId, operationId: latest.id, observedPercent } });
}
