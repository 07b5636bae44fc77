import { loadRelease, type Release } from '../db/queries/load-release.ts';
import { findRunningRollouts, loadRollout } from '../db/queries/rollouts.ts';
import { asSystem } from '../services/context.ts';
import { readGates } from '../services/rollout/read-gates.ts';
import { recordGates } from '../services/rollout/record-gates.ts';
import type { JobServices } from './job-services.ts';

/** Reads the gates of every rollout under way, so that its card shows the present values. */
export async function watchRollouts(jobs: JobServices): Promise<void> {
  if (jobs.stopping.aborted) return;
  for (const { releaseId } of await findRunningRollouts(jobs.db.pool)) {
    const release = await loadRelease(jobs.db.pool, { id: releaseId });
    if (release && !jobs.stopping.aborted) await watchRollout(jobs, release);
  }
}

async function watchRollout(jobs: JobServices, release: Release): Promise<void> {
  const { phaseIndex } = await loadRollout(jobs.db.pool, release.id);
  const gates = await readGates(jobs, release, phaseIndex);
  if (gates.length === 0) return;
  await recordGates({ ctx: asSystem(jobs, 'rollout'), input: { releaseId: release.id, phaseIndex, gates } });
}
