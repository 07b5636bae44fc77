import { loadRelease } from '../db/queries/load-release.ts';
import { findRecentRollbacks } from '../db/queries/rollouts.ts';
import { asSystem } from '../services/context.ts';
import { repeatRollback } from '../services/rollout/repeat-rollback.ts';
import type { JobServices } from './job-services.ts';
import { sideBySide } from './side-by-side.ts';

/** How long after a rollback has ended its target is read again and again, wall clock: longer than any late command. */
const watchedMs = 5 * 60_000;
/** Targets that are read side by side: one that is slow to answer delays few others. */
const atMost = 8;

/** Makes sure that what was rolled back stays so: a cancelled command may still be on its way to the target. */
export async function watchRollbacks(jobs: JobServices): Promise<void> {
  const { stopping } = jobs;
  if (stopping.aborted) return;
  const recent = await findRecentRollbacks(jobs.db.pool, jobs.clock.wall() - watchedMs);
  await sideBySide(recent, { atMost, stopping }, ({ releaseId }) => watchRollback(jobs, releaseId));
}

async function watchRollback(jobs: JobServices, releaseId: string): Promise<void> {
  const release = await loadRelease(jobs.db.pool, { id: releaseId });
  const driver = release && jobs.driver(release.plan.rollout.driver);
  const target = await driver?.observe().catch(() => null);
  if (!target || target.share === 0 || target.candidateVersion !== release?.plan.version) return;
  const input = { releaseId, observedShare: target.share };
  await repeatRollback({ ctx: asSystem(jobs, 'rollout'), input });
}
