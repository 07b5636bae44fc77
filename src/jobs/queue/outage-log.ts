import type { Log } from '../../lib/log.ts';

/** Tells of an outage of the queue in a few lines, however many parts meet it however often. */
export interface OutageLog {
  /** Something failed since the queue is away. The first failure is told as it is, later ones are counted. */
  failed(details: Record<string, unknown>, message: string): void;
  /** Something succeeded. */
  worked(): void;
}

/** How often an outage that lasts is told, milliseconds. */
const tellEveryMs = 60_000;
/** One part may find the queue before another does: it is back once nothing has failed for so long. Milliseconds. */
const quietForMs = 3_000;

/** `steady` gives milliseconds since any instant. */
export function createOutageLog(log: Log, steady = () => performance.now()): OutageLog {
  let outage: { began: number; told: number; last: number; failures: number } | null = null;
  return {
    failed: (details, message) => {
      const now = steady();
      if (outage === null) {
        outage = { began: now, told: now, last: now, failures: 1 };
        log.warn(details, message);
        return;
      }
      outage.last = now;
      outage.failures += 1;
      if (now - outage.told < tellEveryMs) return;
      outage.told = now;
      log.warn({ ...details, ...summaryOf(outage, now) }, `the queue is still away: ${message}`);
    },
    worked: () => {
      const now = steady();
      if (outage === null || now - outage.last < quietForMs) return;
      log.info(summaryOf(outage, now), 'the queue is back');
      outage = null;
    },
  };
}

function summaryOf({ began, failures }: { began: number; failures: number }, now: number) {
  return { seconds: Math.round((now - began) / 1000), failures };
}
