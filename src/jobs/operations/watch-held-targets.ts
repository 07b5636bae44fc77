import pMap from 'p-map';
import { isSettled, isWeightReached, type TargetState, weightOn } from '../../core/rollout/target-state.ts';
import { loadRelease } from '../../db/queries/load-release.ts';
import {
  activeOperation,
  findTargetHolder,
  knownTrafficPercent,
  loadRollout,
  recordOf,
  type TargetHolder,
} from '../../db/queries/rollouts.ts';
import { asSystem } from '../../services/kernel/context.ts';
import { targetOf } from '../../services/rollout/choose-command.ts';
import { recordTargetTraffic } from '../../services/rollout/record-target-traffic.ts';
import type { JobServices } from '../job-services.ts';

/** How often the targets are read, of the wall clock. */
const everyMs = 60_000;
/** How many targets are read at once: a slow one delays few others. */
const concurrency = 8;

/** Reads the targets about once a minute, however often it is called; first a minute after the first call. */
export function createHeldTargetsWatch(): (jobs: JobServices) => Promise<void> {
  let readAt: number | null = null;
  return async (jobs) => {
    const wall = jobs.clock.wall();
    readAt ??= wall;
    // A clock that was set back must not hold it up.
    if (wall >= readAt && wall - readAt < everyMs) return;
    readAt = wall;
    await watchHeldTargets(jobs);
  };
}

/**
 * Reads every target that a release has, once: each driver's, so the cost does not grow with the releases. What
 * somebody has changed there by hand, or a command that came late, is recorded, announced, and the release manager
 * is notified. Nothing is changed back: whoever changed it may have meant it.
 */
export async function watchHeldTargets(jobs: JobServices): Promise<void> {
  const watch = async (name: string) => {
    if (!jobs.stopping.aborted) await watchHeldTarget(jobs, name);
  };
  // A failure at one must not keep the others from being read.
  await pMap(jobs.adapters.drivers, watch, { concurrency, stopOnError: false });
}

async function watchHeldTarget(jobs: JobServices, name: string): Promise<void> {
  const holder = await findTargetHolder(jobs.db, name);
  const driver = jobs.driver(name);
  if (!holder || !driver) return;
  const { releaseId } = holder;
  const release = await loadRelease(jobs.db, { id: releaseId });
  // Before the target is read: an operation that comes in between has a later say.
  const rollout = await loadRollout(jobs.db, releaseId);
  const [latest] = rollout.operations;
  if (!release || latest?.target !== name || recordOf(rollout) || activeOperation(rollout)) return;
  const operation = { id: latest.id, returned: latest.handle };
  const target = await driver.observe({ target: targetOf(release), operation }).catch(() => null);
  if (!target || !isSettled(target)) return;
  const observedPercent = percentOf(target, { version: release.plan.version, state: holder.state });
  const known = knownTrafficPercent(rollout);
  if (observedPercent === null) return;
  if (known !== null && isWeightReached(observedPercent, known, driver.weightTolerance)) return;
  await recordTargetTraffic({
    ctx: asSystem(jobs, 'rollout'),
    input: { releaseId, operationId: latest.id, observedPercent, isUnexpected: true },
  });
}

/** Null when it says nothing about the release: by then another version has come after it, or it never began. */
function percentOf(
  target: TargetState,
  { version, state }: { version: string; state: TargetHolder['state'] },
): number | null {
  switch (state) {
    case 'not_started':
      return null;
    case 'running':
      return weightOn(target, version);
    case 'completed':
    case 'rolled_back':
      return target.candidateVersion === version ? weightOn(target, version) : null;
  }
}
