import type { PageState } from './state.ts';
import { getState, subscribe } from './store.ts';

/** Waits until the state has something; undefined when it does not come in time. */
export function whenState<Found>(
  pick: (state: PageState) => Found | undefined,
  timeoutMs = 10_000,
): Promise<Found | undefined> {
  const now = pick(getState());
  if (now !== undefined) return Promise.resolve(now);
  return new Promise((resolve) => {
    const settle = (found?: Found) => {
      stop();
      clearTimeout(timer);
      resolve(found);
    };
    const stop = subscribe(() => {
      const found = pick(getState());
      if (found !== undefined) settle(found);
    });
    const timer = setTimeout(settle, timeoutMs);
  });
}
