import { loadRelease } from '../../db/queries/load-release.ts';
import { findRunningRollouts, loadRollout } from '../../db/queries/rollouts.ts';
import { sideBySide } from '../../lib/side-by-side.ts';
import { asSystem } from '../../services/kernel/context.ts';
import { readGates } from '../../services/rollout/read-gates.ts';
import { recordGates } from '../../services/rollout/record-gates.ts';
import type { JobServices } from '../job-services.ts';

/** Rollouts whose gates are read side by side: a metrics source that is slow to answer delays few others. */
const atMost = 8;

/** Reads the gates of every rollout under way, so that its card shows the present values. */
export async function watchRollouts(jobs: JobServices): Promise<void> {
  const { stopping } = jobs;
  if (stopping.aborted) return;
  const running = await findRunningRollouts(jobs.db);
  await sideBySide(running, { atMost, stopping }, ({ releaseId }) => watchRollout(jobs, releaseId));
}

async function watchRollout(jobs: JobServices, releaseId: string): Promise<void> {
  const release = await loadRelease(jobs.db, { id: releaseId });
  if (!release) return;
  const { phaseIndex } = await loadRollout(jobs.db, release.id);
  const gates = await readGates(jobs, release, phaseIndex);
  if (gates.length === 0) return;
  await recordGates({ ctx: asSystem(jobs, 'rollout'), input: { releaseId: release.id, phaseIndex, gates } });
}
