/** One queue per kind of work; a job in it says only "look at this id". */
export const queueNames = ['timers', 'deliveries', 'cards', 'operations', 'planner'] as const;
export type QueueName = (typeof queueNames)[number];

/**
 * A request to run the job of an id. At most one job of an id runs and one waits, on all processes together; a
 * request that comes while the job runs makes it run once more afterwards.
 */
export interface QueueRequest {
  id: string;
  /** Real milliseconds from now; at once unless given. A later request without a delay overtakes one that is delayed. */
  delayMs?: number;
}

/** Called with the id that was requested. What it throws is logged; the row it was about decides what happens next. */
export type WorkHandler = (id: string) => Promise<void>;

/** A worker of one queue in this process. */
export interface QueueWorker {
  /** Takes no more jobs and waits for those that run; with `force` it walks away, as a killed process would. */
  close(options?: { force?: boolean }): Promise<void>;
}

/**
 * Says which rows to look at. Rows hold the truth, and everything in here may be lost: each job runs at least once if the
 * queue lives, and a sweep over the rows finds what was forgotten.
 */
export interface WorkQueue {
  readonly kind: 'redis' | 'postgres';
  /** @throws QueueUnavailableError after about three seconds; the request is then lost, or not: nobody knows. */
  enqueue(queue: QueueName, id: string, delayMs?: number): Promise<void>;
  /** Many at once, at the price of one. @throws QueueUnavailableError as `enqueue` does. */
  enqueueMany(queue: QueueName, requests: readonly QueueRequest[]): Promise<void>;
  /** Requests the id `tick` every so many ms, once for all processes together, and again after the queue was emptied. */
  every(queue: QueueName, ms: number): Promise<void>;
  startWorker(queue: QueueName, handler: WorkHandler, options: { concurrency: number }): Promise<QueueWorker>;
  /** Whether the queue was emptied (or is new) since the last call; then everything that is due soon must be requested again. While the queue does not answer it is not known to be. */
  sentinelLost(): Promise<boolean>;
  /** Lets running jobs end, then closes all connections of the queue. */
  close(): Promise<void>;
}

/** The queue did not take a request in time. Nothing is lost: the sweep over the rows finds it. */
export class QueueUnavailableError extends Error {
  override readonly name = 'QueueUnavailableError';
}
