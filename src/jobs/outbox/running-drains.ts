import type { Drain } from './drain-deliveries.ts';

/**
 * The drains of this process. A destination whose drain runs here needs no job of the queue to learn that there is
 * more: in a burst, that would be most of the jobs.
 */
export interface RunningDrains {
  /** Makes the destination's drain look once more before it ends. False when none runs here that would. */
  tell(destination: string): boolean;
  /**
   * Makes a drain known while it runs. What it was told of and can't look at any more, because it failed or the
   * process stops, is handed over.
   */
  track(drain: Drain, handOver: (destination: string) => void): Drain;
}

export function createRunningDrains(stopping: AbortSignal): RunningDrains {
  const running = new Map<string, { more: boolean }>();
  return {
    tell: (destination) => {
      const drain = stopping.aborted ? undefined : running.get(destination);
      if (drain) drain.more = true;
      return drain !== undefined;
    },
    track: (drain, handOver) => async (destination) => {
      // The same one may run without the queue, too: the younger is told.
      const own = { more: false };
      running.set(destination, own);
      let isAgain = false;
      let isDone = false;
      try {
        for (;;) {
          const wait = await drain(destination);
          isDone = !stopping.aborted;
          if (!own.more || stopping.aborted) return wait;
          own.more = false;
          isAgain = true;
          isDone = false;
        }
      } finally {
        if (running.get(destination) === own) running.delete(destination);
        if (!isDone && (own.more || isAgain)) handOver(destination);
      }
    },
  };
}
