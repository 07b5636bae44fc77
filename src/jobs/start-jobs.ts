import { decodeDestination } from '../core/address/destination.ts';
import { runOnceAtATime } from '../lib/run-once-at-a-time.ts';
import { refreshCards } from './cards/refresh-cards.ts';
import { createStalledFinder } from './find-stalled.ts';
import type { JobServices } from './job-services.ts';
import { runOperation } from './operations/run-operation.ts';
import { watchRollouts } from './operations/watch-rollouts.ts';
import { watchTargets } from './operations/watch-targets.ts';
import { createDrain, type Drain } from './outbox/drain-deliveries.ts';
import type { RunningDrains } from './outbox/running-drains.ts';
import { pruneInbox } from './prune-inbox.ts';
import type { QueueName, QueueWorker, WorkHandler, WorkQueue } from './queue/work-queue.ts';
import { sweep, type WaitingWork } from './sweep.ts';
import { fireDueTimers } from './timers/fire-timers.ts';
import { forgetEnqueued, planTimers } from './timers/plan-timers.ts';

/** How often the planner looks, real milliseconds. */
const planEveryMs = 2_000;
/** The same from a timer of this process, which nothing outside can lose. */
const watchEveryMs = 5_000;
/**
 * Work that could be done and has not moved for so long, real milliseconds, is done without the queue, which
 * may be away or hold a job that it gives to nobody. A job of the queue may do the same at that moment. Messages
 * are claimed in their rows. Edits of a card that overlap leave it stale, so it is drawn again. The steps of an
 * operation are conditional on its state, and the driver's commands between them are idempotent.
 */
const defaultStalledAfterMs = 15_000;
/** Jobs that run side by side. A drain mostly waits for its destination's pace, so there are many. */
const concurrency: Record<QueueName, number> = {
  timers: 4,
  deliveries: 100,
  cards: 50,
  operations: 20,
  planner: 1,
};

export interface RunningJobs {
  /** Takes nothing new and waits for what runs. */
  stop(): Promise<void>;
}

/** What brings each kind of work to its end, by the id in its wake-up. */
type Work = Record<WaitingWork['job'], WorkHandler>;

/** Starts the workers of every queue, and the planner that looks after the rows. */
export async function startJobs(
  queue: WorkQueue,
  jobs: JobServices,
  { drains, stalledAfterMs = defaultStalledAfterMs }: { drains: RunningDrains; stalledAfterMs?: number },
): Promise<RunningJobs> {
  const drain = drains.track(
    createDrain(jobs),
    (destination) =>
      void jobs.notifier.notify([{ job: 'delivery', destination: decodeDestination(destination) }]),
  );
  const fire = runOnceAtATime(() => fireDueTimers(jobs));
  // Apart, so that a target that hangs keeps no gate from being read.
  const watches = [watchRollouts, watchTargets].map((watch) => runOnceAtATime(() => watch(jobs)));
  const work = createWork(jobs, drain);
  const findStalled = createStalledFinder(stalledAfterMs);
  const withoutQueue = new Set<Promise<void>>();
  const look = runOnceAtATime(async () => {
    if (jobs.stopping.aborted) return;
    // First what needs no queue, which may be away.
    await fire();
    for (const { job, id } of findStalled(await sweep(jobs), jobs.clock.wall())) {
      jobs.log.warn({ job, id }, 'the queue has not brought this work; doing it without the queue');
      const done = work[job](id).catch((error: unknown) => logFailure(jobs, error));
      withoutQueue.add(done);
      void done.then(() => withoutQueue.delete(done));
    }
    await runMaintenance(queue, jobs);
  });
  const tick = async () => {
    // What hangs outside must not keep the planner waiting.
    for (const watch of watches) void watch().catch((error: unknown) => logFailure(jobs, error));
    await look();
  };
  const handlers: Record<QueueName, WorkHandler> = {
    timers: async () => void (await fire()),
    deliveries: work.delivery,
    cards: work.card,
    operations: work.operation,
    planner: tick,
  };
  // The first look runs beside: what fell due in the meantime need not wait for the workers.
  const [workers] = await Promise.all([
    startWorkers(queue, handlers),
    queue.every('planner', planEveryMs),
    tick(),
  ]);
  const unsubscribe = jobs.clock.onChange(() => {
    void forgetEnqueued(jobs).then(tick, (error: unknown) => logFailure(jobs, error));
  });
  // The queue's own ticks may be lost with the queue, or its worker be dead without a sign: rows still count.
  const watchdog = setInterval(
    () => void tick().catch((error: unknown) => logFailure(jobs, error)),
    watchEveryMs,
  );
  return {
    stop: async () => {
      clearInterval(watchdog);
      unsubscribe();
      await Promise.all(workers.map((worker) => worker.close()));
      // Stopping makes all of them return at once; this waits for what is under way.
      await Promise.allSettled([look(), ...watches.map((watch) => watch()), ...withoutQueue]);
    },
  };
}

function startWorkers(queue: WorkQueue, handlers: Record<QueueName, WorkHandler>): Promise<QueueWorker[]> {
  const names = Object.keys(handlers) as QueueName[];
  return Promise.all(
    names.map((name) => queue.startWorker(name, handlers[name], { concurrency: concurrency[name] })),
  );
}

/** Each comes back with a later wake-up when there is something left to do. */
function createWork(jobs: JobServices, drain: Drain): Work {
  const again = (job: 'delivery' | 'card', run: (destination: string) => Promise<number | null>) => {
    return async (destination: string) => {
      const delayMs = await run(destination);
      if (delayMs !== null)
        await jobs.notifier.notify([{ job, destination: decodeDestination(destination), delayMs }]);
    };
  };
  return {
    delivery: again('delivery', drain),
    card: again('card', (destination) => refreshCards(jobs, destination)),
    operation: async (releaseId) => {
      const delayMs = await runOperation(jobs, releaseId);
      if (delayMs !== null) await jobs.notifier.notify([{ job: 'operation', releaseId, delayMs }]);
    },
  };
}

async function runMaintenance(queue: WorkQueue, jobs: JobServices): Promise<void> {
  if (await queue.sentinelLost()) await forgetEnqueued(jobs);
  await planTimers(jobs);
  await pruneInbox(jobs);
}

function logFailure(jobs: JobServices, error: unknown): void {
  jobs.log.error({ error }, 'planning failed');
}
