import { useEffect, useState } from 'react';
import type { PageState } from './state.ts';
import { usePick } from './store.ts';

/**
 * The release's instant (epoch ms) at `performanceNow`; the time it was told at when the clock stands. Without
 * a connection nobody knows whether it goes on, so the page's clock stands where it was.
 */
export function readClock(clock: PageState['clock'], performanceNow: number): number {
  if (!clock) return 0;
  const { nowMs, rate, paused } = clock.told;
  return paused
    ? nowMs
    : nowMs + (Math.min(performanceNow, clock.lostAt ?? Infinity) - clock.receivedAt) * rate;
}

/** The release's instant, rendered anew every `everyMs` milliseconds of real time. */
export function useNow(everyMs: number): number {
  const clock = usePick((state) => state.clock);
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((count) => count + 1), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return readClock(clock, performance.now());
}
