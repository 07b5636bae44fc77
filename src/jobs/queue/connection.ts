import type { JobsOptions, QueueOptions, WorkerOptions } from 'bullmq';

/** What a job carries: an id, and whether all it does, once its delay is over, is to request the job of that id. */
export interface JobData {
  id: string;
  delayed?: boolean;
}

export type JobProcessor = (job: { data: JobData }) => Promise<void>;

/** As much of BullMQ's queue as is used; its own type differs between Redis and PostgreSQL. */
export interface JobQueue {
  add(name: string, data: JobData, options: JobsOptions): Promise<unknown>;
  addBulk(jobs: { name: string; data: JobData; opts: JobsOptions }[]): Promise<unknown>;
  upsertJobScheduler(
    id: string,
    repeat: { every: number },
    job: { name: string; data: JobData },
  ): Promise<unknown>;
  getJobScheduler(id: string): Promise<{ next?: number } | undefined>;
  removeJobScheduler(id: string): Promise<boolean>;
  on(event: 'error', listener: (error: Error) => void): unknown;
  waitUntilReady(): Promise<unknown>;
  close(): Promise<void>;
}

/** As much of BullMQ's worker as is used. */
export interface JobWorker {
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'failed', listener: (job: unknown, error: Error) => void): unknown;
  waitUntilReady(): Promise<void>;
  run(): Promise<void>;
  close(force?: boolean): Promise<void>;
}

/** Where BullMQ keeps its jobs: the one thing in which Redis and PostgreSQL differ. */
export interface QueueConnection {
  readonly kind: 'redis' | 'postgres';
  openQueue(name: string, options: Omit<QueueOptions, 'connection'>): JobQueue;
  openWorker(name: string, process: JobProcessor, options: Omit<WorkerOptions, 'connection'>): JobWorker;
  /** Sets the sentinel; true when it was not there. */
  plantSentinel(): Promise<boolean>;
  /** Whether BullMQ can say goodbye in order; it waits for a Redis that is away. */
  isReady(): boolean;
  close(): Promise<void>;
}
