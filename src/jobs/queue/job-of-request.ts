import type { JobsOptions } from 'bullmq';
import type { JobData } from './connection.ts';
import type { QueueName, QueueRequest } from './work-queue.ts';

/** A job as BullMQ's `add` and `addBulk` take it. */
export interface RequestJob {
  name: QueueName;
  data: JobData;
  opts: JobsOptions;
}

/** Delayed jobs of one id whose delays end within this many ms of each other are one. */
const delayGrainMs = 20;

/**
 * Turns a request into a job. `now` is the machine's instant, epoch ms.
 *
 * A request with a delay becomes a job that, when its time has come, adds the job itself. As one job it would
 * swallow requests that are due earlier, since BullMQ coalesces waiting and delayed alike.
 */
export function jobOfRequest(queue: QueueName, { id, delayMs = 0 }: QueueRequest, now: number): RequestJob {
  const delay = Math.max(0, Math.ceil(delayMs));
  if (delay === 0)
    return { name: queue, data: { id }, opts: { deduplication: { id, keepLastIfActive: true } } };
  const due = Math.ceil((now + delay) / delayGrainMs) * delayGrainMs;
  // BullMQ takes no job id that has a colon in it.
  const jobId = `${encodeURIComponent(`delayed ${id}`)}@${due}`;
  return { name: queue, data: { id, delayed: true }, opts: { delay: due - now, jobId } };
}
