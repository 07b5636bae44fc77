import { drainDeliveries } from './drain-deliveries.ts';
import { fireDueTimers } from './fire-timers.ts';
import type { JobServices } from './job-services.ts';
import { forgetEnqueued, planTimers } from './plan-timers.ts';
import { pruneInbox } from './prune-inbox.ts';
import type { QueueName, WakeHandler, WakeQueue, WakeWorker } from './queue/wake-queue.ts';
import { refreshCards } from './refresh-cards.ts';
import { runOnceAtATime } from './run-once-at-a-time.ts';
import { runOperation } from './run-operation.ts';
import { sweep } from './sweep.ts';
import { watchRollbacks } from './watch-rollbacks.ts';
import { watchRollouts } from './watch-rollouts.ts';

/** How often the planner looks, real milliseconds. */
const planEveryMs = 2_000;
/** The same from a timer of this process, which nothing outside can lose. */
const watchEveryMs = 5_000;
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

/** Starts the workers of every queue, and the planner that looks after the rows. */
export async function startJobs(queue: WakeQueue, jobs: JobServices): Promise<RunningJobs> {
  const fire = runOnceAtATime(() => fireDueTimers(jobs));
  const watch = runOnceAtATime(() => Promise.all([watchRollouts(jobs), watchRollbacks(jobs)]));
  const look = runOnceAtATime(() => planAndSweep(queue, jobs, fire));
  const tick = async () => {
    // A metrics source that hangs must not keep the planner waiting.
    void watch().catch((error: unknown) => logFailure(jobs, error));
    await look();
  };
  const again = (
    job: 'delivery' | 'card',
    run: (jobs: JobServices, destination: string) => Promise<number | null>,
  ) => {
    return async (destination: string) => {
      const delayMs = await run(jobs, destination);
      if (delayMs !== null) await jobs.wakeUps.send([{ job, destination, delayMs }]);
    };
  };
  const operate = async (releaseId: string) => {
    const delayMs = await runOperation(jobs, releaseId);
    if (delayMs !== null) await jobs.wakeUps.send([{ job: 'operation', releaseId, delayMs }]);
  };
  const handlers: Record<QueueName, WakeHandler> = {
    timers: async () => void (await fire()),
    deliveries: again('delivery', drainDeliveries),
    cards: again('card', refreshCards),
    operations: operate,
    planner: tick,
  };
  const workers = await startWorkers(queue, handlers);
  await queue.every('planner', planEveryMs);
  const unsubscribe = jobs.clock.onChange(() => {
    void forgetEnqueued(jobs).then(tick, (error: unknown) => logFailure(jobs, error));
  });
  // The queue's own ticks may be lost with the queue, or its worker be dead without a sign: rows still count.
  const watchdog = setInterval(
    () => void tick().catch((error: unknown) => logFailure(jobs, error)),
    watchEveryMs,
  );
  await tick();
  return {
    stop: async () => {
      clearInterval(watchdog);
      unsubscribe();
      await Promise.all(workers.map((worker) => worker.close()));
      // Stopping makes both return at once; this waits for what is under way.
      await Promise.allSettled([look(), watch()]);
    },
  };
}

function startWorkers(queue: WakeQueue, handlers: Record<QueueName, WakeHandler>): Promise<WakeWorker[]> {
  const names = Object.keys(handlers) as QueueName[];
  return Promise.all(
    names.map((name) => queue.startWorker(name, handlers[name], { concurrency: concurrency[name] })),
  );
}

async function planAndSweep(
  queue: WakeQueue,
  jobs: JobServices,
  fire: () => Promise<unknown>,
): Promise<void> {
  if (jobs.stopping.aborted) return;
  // Timers first: they need no queue, which may be away.
  await fire();
  if (await queue.sentinelLost()) await forgetEnqueued(jobs);
  await planTimers(jobs);
  await sweep(jobs);
  await pruneInbox(jobs);
}

function logFailure(jobs: JobServices, error: unknown): void {
  jobs.log.error({ note: error instanceof Error ? error.message : 'unknown error' }, 'planning failed');
}
