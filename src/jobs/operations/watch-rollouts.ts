import pMap from 'p-map';
import { loadRelease, type Release } from '../../db/queries/load-release.ts';
import { findRunningRollouts, loadRollout } from '../../db/queries/rollouts.ts';
import { asSystem } from '../../services/kernel/context.ts';
import { judgeRollbackRules } from '../../services/rollout/judge-rollback-rules.ts';
import { isProgressDue, progressRollout } from '../../services/rollout/progress-rollout.ts';
import { readGates } from '../../services/rollout/read-gates.ts';
import { readOldVersion } from '../../services/rollout/read-old-version.ts';
import { recordGates } from '../../services/rollout/record-gates.ts';
import { sampleRules } from '../../services/rollout/sample-rules.ts';
import type { JobServices } from '../job-services.ts';

/** How many rollouts' gates are read at once: a slow metric source delays few others. */
const concurrency = 8;

/** Reads the gates of every rollout under way, so that its card shows the present values and bad news is told, judges its rollback rules, and goes on to the next phase where the plan says so. */
export async function watchRollouts(jobs: JobServices): Promise<void> {
  const { stopping } = jobs;
  const running = await findRunningRollouts(jobs.db);
  const watch = async ({ releaseId }: { releaseId: string }) => {
    if (!stopping.aborted) await watchRollout(jobs, releaseId);
  };
  // A failure at one must not keep the others from being read.
  await pMap(running, watch, { concurrency, stopOnError: false });
}

async function watchRollout(jobs: JobServices, releaseId: string): Promise<void> {
  const release = await loadRelease(jobs.db, { id: releaseId });
  if (!release) return;
  const { driver, metrics } = release.plan.rollout;
  // Nothing is promoted and nothing can be read: what people recorded has no gates.
  if (!jobs.driver(driver) && !jobs.metrics(metrics)) return;
  const { phaseIndex } = await loadRollout(jobs.db, release.id);
  await Promise.all([watchGates(jobs, release, phaseIndex), watchRollbackRules(jobs, release, phaseIndex)]);
  // A rule that was just met comes first: then an operation is under way.
  if (isProgressDue(jobs, release, await loadRollout(jobs.db, release.id)))
    await progressRollout({ ctx: asSystem(jobs, 'rollout'), release });
}

async function watchRollbackRules(jobs: JobServices, release: Release, phaseIndex: number): Promise<void> {
  const samples = await sampleRules(jobs, release, phaseIndex);
  if (samples.length === 0) return;
  const input = { releaseId: release.id, phaseIndex, samples };
  await judgeRollbackRules({ ctx: asSystem(jobs, 'rollout'), input });
}

async function watchGates(jobs: JobServices, release: Release, phaseIndex: number): Promise<void> {
  const gates = await readGates(jobs, release, phaseIndex);
  if (gates.length === 0) return;
  // Asked only when it is going to be shown.
  const fails = gates.some(({ state }) => state === 'fail');
  const oldVersion = fails ? await readOldVersion(jobs, release, { phaseIndex, gates }) : [];
  const input = { releaseId: release.id, phaseIndex, gates, oldVersion };
  await recordGates({ ctx: asSystem(jobs, 'rollout'), input });
}
