import { Pool } from 'undici';

export interface LoadGenerator {
  /** Requests per second; 0 pauses it. */
  setRate(requestsPerSecond: number): void;
  /** Stops sending and drops what is under way. */
  close(): Promise<void>;
}

const tickMs = 20;
const maxInFlight = 256;

/**
 * Sends requests to `url` at a steady pace over kept connections. When the service can't keep up, the
 * pace falls: at most 256 requests are in flight, and what could not be sent is not made up for.
 */
export function startLoadGenerator(options: { url: string; requestsPerSecond: number }): LoadGenerator {
  const pool = new Pool(options.url, { connections: maxInFlight });
  let rate = options.requestsPerSecond;
  let inFlight = 0;
  let due = 0;
  let before = performance.now();

  const sendOne = async (): Promise<void> => {
    inFlight += 1;
    try {
      const answer = await pool.request({ method: 'GET', path: '/' });
      await answer.body.dump();
    } catch {
      // An unanswered request is the service's trouble, and shows in its metrics.
    } finally {
      inFlight -= 1;
    }
  };

  const timer = setInterval(() => {
    const now = performance.now();
    due += (rate * (now - before)) / 1_000;
    before = now;
    while (due >= 1 && inFlight < maxInFlight) {
      due -= 1;
      void sendOne();
    }
    // Whatever a busy moment left unsent is dropped, so that no burst follows it.
    due = Math.min(due, Math.max(1, (rate * 5 * tickMs) / 1_000));
  }, tickMs).unref();

  return {
    setRate: (requestsPerSecond) => {
      rate = requestsPerSecond;
    },
    close: async () => {
      clearInterval(timer);
      await pool.destroy();
    },
  };
}
