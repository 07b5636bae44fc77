import type { WorkHandler } from './work-queue.ts';

/** What a worker does at the moment, counted by ourselves: BullMQ's count may depend on the datastore. */
export interface RunningWork {
  run: WorkHandler;
  /** Takes nothing new from now on, and resolves when nothing runs any more. */
  ended(): Promise<void>;
}

export function countRunning(handler: WorkHandler): RunningWork {
  const running = new Set<Promise<void>>();
  let isEnding = false;
  return {
    run: async (id) => {
      // Nothing is lost: the sweep over the rows finds it.
      if (isEnding) throw new Error('This process is stopping.');
      const work = handler(id);
      running.add(work);
      try {
        await work;
      } finally {
        running.delete(work);
      }
    },
    ended: async () => {
      isEnding = true;
      await Promise.allSettled(running);
    },
  };
}
