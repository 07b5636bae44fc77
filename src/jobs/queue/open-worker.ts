import { setTimeout as pause } from 'node:timers/promises';
import type { WorkerOptions } from 'bullmq';
import type { Log } from '../../lib/log.ts';
import type { JobProcessor, JobWorker, QueueConnection } from './connection.ts';
import type { OutageLog } from './outage-log.ts';
import type { QueueName } from './work-queue.ts';

/** How soon the job of a killed worker is taken over, in ms. */
export interface WorkerTimings {
  lockDuration: number;
  stalledInterval: number;
}

/**
 * A job whose process was killed is taken over after `lockDuration`. No number of takeovers makes BullMQ
 * give a job up: attempts are counted in our rows.
 */
function workerOptions(concurrency: number, timings: WorkerTimings): Omit<WorkerOptions, 'connection'> {
  return {
    ...timings,
    concurrency,
    autorun: false,
    maxStalledCount: 1_000_000,
    // The default of 15 s is how long work would stand still after the datastore is back.
    runRetryDelay: 500,
    removeOnComplete: { count: 0 },
    // A failed job that is kept would make BullMQ ignore every later request with its id.
    removeOnFail: { count: 0 },
  };
}

/**
 * Opens a worker that is known to work. One that meets a dead database at its first query remembers that
 * for ever, silently; so each such one is thrown away and the next one tried, until `isClosed` says stop.
 */
export async function openWorker(input: {
  connection: QueueConnection;
  queue: QueueName;
  process: JobProcessor;
  concurrency: number;
  timings: WorkerTimings;
  log: Log;
  outage: OutageLog;
  isClosed: () => boolean;
}): Promise<JobWorker> {
  const { connection, queue, log, outage } = input;
  for (;;) {
    const options = workerOptions(input.concurrency, input.timings);
    const worker = connection.openWorker(queue, input.process, options);
    worker.on('error', (error) => outage.failed({ error, queue }, 'Queue worker'));
    worker.on('failed', (_job, error) =>
      log.warn({ error, queue }, 'A job failed; its row decides what next'),
    );
    try {
      await worker.waitUntilReady();
      worker.run().catch((error) => log.error({ error, queue }, 'A queue worker stopped'));
      return worker;
    } catch (error) {
      await worker.close(true);
      if (input.isClosed()) throw error;
      await pause(500);
    }
  }
}
