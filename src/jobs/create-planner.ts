import { runOnceAtATime } from '../lib/run-once-at-a-time.ts';
import { createStalledFinder } from './find-stalled.ts';
import type { JobServices } from './job-services.ts';
import { createTrailAnchoring } from './maintenance/anchor-trail.ts';
import { runMaintenance } from './maintenance/run-maintenance.ts';
import { createTrailSealing } from './maintenance/seal-trail.ts';
import { createFreezesWatch } from './maintenance/watch-freezes.ts';
import { createHeldTargetsWatch } from './operations/watch-held-targets.ts';
import { watchRollouts } from './operations/watch-rollouts.ts';
import { watchTargets } from './operations/watch-targets.ts';
import type { WorkHandler, WorkQueue } from './queue/work-queue.ts';
import { createGatesMeasuring } from './readiness/measure-gates.ts';
import { finishLateRequests } from './requests/finish-late-requests.ts';
import { sweep, type WaitingWork } from './sweep.ts';

/** What looks after the rows every few seconds. */
export interface Planner {
  /** Looks once; the targets and gates are read beside it. */
  tick(): Promise<void>;
  /** Resolves when nothing that it has begun is under way any more. */
  settled(): Promise<void>;
}

/**
 * The planner fires what is due, sweeps for work that the queue has lost, reads gates and targets, finishes what
 * people were left without an answer to, and plans timers.
 * Work that has not moved for `stalledAfterMs` it does itself.
 */
export function createPlanner(
  jobs: JobServices,
  parts: {
    queue: WorkQueue;
    work: Record<WaitingWork['job'], WorkHandler>;
    fire: () => Promise<unknown>;
    stalledAfterMs: number;
  },
): Planner {
  const { queue, work, fire } = parts;
  const findStalled = createStalledFinder(parts.stalledAfterMs);
  const withoutQueue = new Set<Promise<void>>();
  const doWithoutQueue = ({ job, id }: WaitingWork) => {
    jobs.log.warn({ job, id }, 'the queue has not brought this work; doing it without the queue');
    const done = work[job](id).catch((error: unknown) => logPlanningFailure(jobs, error));
    withoutQueue.add(done);
    void done.then(() => withoutQueue.delete(done));
  };
  // Apart from each other, so that a target that hangs does not keep gates from being read, or people from an answer.
  const watches = [
    watchRollouts,
    watchTargets,
    createHeldTargetsWatch(),
    finishLateRequests,
    createFreezesWatch(),
    createGatesMeasuring(),
    createTrailSealing(),
    createTrailAnchoring(),
  ].map((watch) => runOnceAtATime(() => watch(jobs)));
  const look = runOnceAtATime(async () => {
    if (jobs.stopping.aborted) return;
    // First what needs no queue, which may be away.
    await fire();
    findStalled(await sweep(jobs), jobs.clock.wall()).forEach(doWithoutQueue);
    await runMaintenance(queue, jobs);
  });
  return {
    tick: async () => {
      // A slow target must not block the planner.
      for (const watch of watches) void watch().catch((error: unknown) => logPlanningFailure(jobs, error));
      await look();
    },
    settled: async () => {
      // Once the process is stopping, all of them return at once, but for the last checkpoint; this waits for what is
      // under way.
      await Promise.allSettled([look(), ...watches.map((watch) => watch()), ...withoutQueue]);
    },
  };
}

export function logPlanningFailure({ log }: JobServices, error: unknown): void {
  log.error({ error }, 'planning failed');
}
