import type { JobsOptions } from 'bullmq';
import type { JobData } from './connection.ts';
import type { QueueName, Wake } from './wake-queue.ts';

/** A job as BullMQ's `add` and `addBulk` take it. */
export interface WakeJob {
  name: QueueName;
  data: JobData;
  opts: JobsOptions;
}

/** Delayed bells of one id that end within this many ms of each other are one. */
const bellGrain = 20;

/**
 * Turns a wake into a job. `now` is the machine's instant, epoch ms.
 *
 * A coalesced wake with a delay is a bell: a job that, when its time has come, adds the coalesced job. As
 * one job it would swallow wakes that are due earlier, since BullMQ coalesces waiting and delayed alike.
 */
export function jobOfWake(queue: QueueName, wake: Wake, now: number): WakeJob {
  const { id, delayMs = 0, jobId, coalesce } = wake;
  const delay = Math.max(0, Math.ceil(delayMs));
  if (coalesce && delay > 0) {
    const due = Math.ceil((now + delay) / bellGrain) * bellGrain;
    return {
      name: queue,
      data: { id, bell: true },
      opts: { delay: due - now, jobId: safeJobId(`bell ${id}`, due) },
    };
  }
  if (coalesce) return { name: queue, data: { id }, opts: { deduplication: { id, keepLastIfActive: true } } };
  const opts: JobsOptions = delay > 0 ? { delay } : {};
  if (jobId !== undefined) {
    // To the second: the same instant computed a little later must give the same id.
    opts.jobId = safeJobId(jobId, delay > 0 ? Math.round((now + delay) / 1000) : 'now');
  }
  return { name: queue, data: { id }, opts };
}

/** BullMQ takes no id that is a number or has a colon in it. */
function safeJobId(id: string, due: number | 'now'): string {
  return `${encodeURIComponent(id)}@${due}`;
}
