import { percentile } from './statistics.ts';

export interface LoadResult {
  /** Milliseconds. */
  p50: number;
  p99: number;
  perSecond: number;
}

/** Sends so many requests, so many of them at a time; one is done when its answer is there. */
export async function sendInFlight(
  { inFlight, requests }: { inFlight: number; requests: number },
  send: (request: { number: number; lane: number }) => Promise<void>,
): Promise<LoadResult> {
  const times: number[] = [];
  let next = 0;
  const started = performance.now();
  await Promise.all(
    Array.from({ length: inFlight }, async (_, lane) => {
      while (next < requests) {
        next += 1;
        const number = next;
        const begun = performance.now();
        await send({ number, lane });
        times.push(performance.now() - begun);
      }
    }),
  );
  const seconds = (performance.now() - started) / 1000;
  return { p50: percentile(times, 0.5), p99: percentile(times, 0.99), perSecond: requests / seconds };
}
