import { runOnceAtATime } from '../lib/run-once-at-a-time.ts';
import { createPlanner, logPlanningFailure } from './create-planner.ts';
import { createWork } from './create-work.ts';
import type { JobServices } from './job-services.ts';
import type { QueueName, QueueWorker, WorkHandler, WorkQueue } from './queue/work-queue.ts';
import { fireDueTimers } from './timers/fire-timers.ts';
import { forgetEnqueued } from './timers/plan-timers.ts';

/** How often the planner looks, real milliseconds. */
const planEveryMs = 2_000;
/** The same from a timer of this process, which nothing outside can lose. */
const watchEveryMs = 5_000;
/**
 * Work that could be done and has not moved for so long, real milliseconds, is done without the queue, which may be
 * away or hold a job that it gives to nobody. A job of the queue may do the same at that moment: messages are
 * claimed in their rows; edits of a card that overlap leave it stale, so it is drawn again; the steps of an operation
 * are conditional on its state, and the driver's commands between them are idempotent.
 */
const defaultStalledAfterMs = 15_000;
/** Jobs that run side by side. Those of destinations mostly wait, for a pace or for more changes, so there are many. */
const concurrency: Record<QueueName, number> = {
  timers: 4,
  deliveries: 100,
  cards: 100,
  operations: 20,
  planner: 1,
};

export interface RunningJobs {
  /** Takes nothing new and waits for what runs. */
  stop(): Promise<void>;
}

/** Starts the workers of every queue, and the planner that looks after the rows. */
export async function startJobs(
  queue: WorkQueue,
  jobs: JobServices,
  { stalledAfterMs = defaultStalledAfterMs }: { stalledAfterMs?: number } = {},
): Promise<RunningJobs> {
  const fire = runOnceAtATime(() => fireDueTimers(jobs));
  const work = createWork(jobs);
  const planner = createPlanner(jobs, { queue, work, fire, stalledAfterMs });
  const handlers: Record<QueueName, WorkHandler> = {
    timers: async () => void (await fire()),
    deliveries: work.delivery,
    cards: work.card,
    operations: work.operation,
    planner: planner.tick,
  };
  const logFailure = (error: unknown) => logPlanningFailure(jobs, error);
  // The first look runs beside: what fell due in the meantime need not wait for the workers. The next one is soon.
  const [workers] = await Promise.all([
    startWorkers(queue, handlers),
    queue.every('planner', planEveryMs),
    planner.tick().catch(logFailure),
  ]);
  const unsubscribe = jobs.clock.onChange(() => {
    void forgetEnqueued(jobs).then(planner.tick).catch(logFailure);
  });
  // The queue's own ticks may be lost with the queue, or its worker may have died unnoticed: rows still count.
  const watchdog = setInterval(() => void planner.tick().catch(logFailure), watchEveryMs);
  return {
    stop: async () => {
      clearInterval(watchdog);
      unsubscribe();
      await Promise.all(workers.map((worker) => worker.close()));
      await planner.settled();
    },
  };
}

function startWorkers(queue: WorkQueue, handlers: Record<QueueName, WorkHandler>): Promise<QueueWorker[]> {
  const names = Object.keys(handlers) as QueueName[];
  return Promise.all(
    names.map((name) => queue.startWorker(name, handlers[name], { concurrency: concurrency[name] })),
  );
}
