import { loadRelease } from '../db/queries/load-release.ts';
import { findRecentRollbacks } from '../db/queries/rollouts.ts';
import { asSystem } from '../services/context.ts';
import { repeatRollback } from '../services/rollout/repeat-rollback.ts';
import type { JobServices } from './job-services.ts';

/** How long after a rollback its target is read again and again, wall clock: longer than any late command. */
const watchedMs = 5 * 60_000;

/** Makes sure that what was rolled back stays so: a cancelled command may still be on its way to the target. */
export async function watchRollbacks(jobs: JobServices): Promise<void> {
  if (jobs.stopping.aborted) return;
  for (const { releaseId } of await findRecentRollbacks(jobs.db.pool, jobs.clock.wall() - watchedMs)) {
    const release = await loadRelease(jobs.db.pool, { id: releaseId });
    const target = await (release &&
      jobs
        .driver(release.plan.rollout.driver)
        ?.observe()
        .catch(() => null));
    if (!target || target.share === 0 || target.candidateVersion !== release?.plan.version) continue;
    const input = { releaseId, observedShare: target.share };
    await repeatRollback({ ctx: asSystem(jobs, 'rollout'), input });
  }
}
