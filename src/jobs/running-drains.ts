import type { Drain } from './drain-deliveries.ts';

/**
 * The drains of this process. A destination whose drain runs here needs no job of the queue to learn that there is
 * more: in a burst, that would be most of the jobs.
 */
export interface RunningDrains {
  /** Makes the destination's drain look once more before it ends. False when none runs here. */
  tell(destination: string): boolean;
  /** Makes a drain known while it runs. One that fails leaves what it was told of to the sweep. */
  track(drain: Drain): Drain;
}

export function createRunningDrains(): RunningDrains {
  const running = new Map<string, { more: boolean }>();
  const run = async (drain: Drain, destination: string) => {
    // The same one may run without the queue, too: the younger is told.
    const own = { more: false };
    running.set(destination, own);
    try {
      for (;;) {
        own.more = false;
        const wait = await drain(destination);
        if (!own.more) return wait;
      }
    } finally {
      if (running.get(destination) === own) running.delete(destination);
    }
  };
  return {
    tell: (destination) => {
      const drain = running.get(destination);
      if (drain) drain.more = true;
      return drain !== undefined;
    },
    track: (drain) => (destination) => run(drain, destination),
  };
}
