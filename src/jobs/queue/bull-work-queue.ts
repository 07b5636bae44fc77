import { setTimeout as pause } from 'node:timers/promises';
import type { Log } from '../../lib/log.ts';
import { orAfter } from '../../lib/or-after.ts';
import type { JobData, JobQueue, JobWorker, QueueConnection } from './connection.ts';
import { jobOfRequest } from './job-of-request.ts';
import { keepTicking } from './keep-ticking.ts';
import { openWorker, type WorkerTimings } from './open-worker.ts';
import type { OutageLog } from './outage-log.ts';
import { countRunning, type RunningWork } from './running-work.ts';
import {
  type QueueName,
  type QueueRequest,
  QueueUnavailableError,
  type QueueWorker,
  type WorkHandler,
  type WorkQueue,
} from './work-queue.ts';

interface Parts {
  connection: QueueConnection;
  timings: WorkerTimings;
  log: Log;
  outage: OutageLog;
  /** The machine's instant, epoch ms. */
  wall: () => number;
}

/** A person may be waiting for the answer that comes after the request. */
const enqueueTimeoutMs = 3000;
/** How long a worker whose work has ended may take to tell the datastore, which may just have gone away. */
const partWithinMs = 3000;

/** The work queue on BullMQ; what differs between Redis and PostgreSQL is in the connection. */
export class BullWorkQueue implements WorkQueue {
  readonly #parts: Parts;
  readonly #queues: Record<QueueName, JobQueue>;
  readonly #workers = new Set<QueueWorker>();
  readonly #tickers: (() => void)[] = [];
  #closed = false;

  private constructor(parts: Parts, queues: Record<QueueName, JobQueue>) {
    this.#parts = parts;
    this.#queues = queues;
  }

  /** Opens all queues, so that the first request waits for none and a dead queue is noticed here. */
  static async open(parts: Parts): Promise<BullWorkQueue> {
    const open = (name: QueueName) => openQueue(parts, name);
    const queues = {
      timers: open('timers'),
      deliveries: open('deliveries'),
      cards: open('cards'),
      operations: open('operations'),
      planner: open('planner'),
    };
    await Promise.all(Object.values(queues).map((queue) => queue.waitUntilReady()));
    return new BullWorkQueue(parts, queues);
  }

  get kind(): 'redis' | 'postgres' {
    return this.#parts.connection.kind;
  }

  async enqueue(queue: QueueName, id: string, delayMs = 0): Promise<void> {
    const job = jobOfRequest(queue, { id, delayMs }, this.#parts.wall());
    await this.#inTime(this.#queues[queue].add(job.name, job.data, job.opts));
  }

  async enqueueMany(queue: QueueName, requests: readonly QueueRequest[]): Promise<void> {
    if (requests.length === 0) return;
    const now = this.#parts.wall();
    await this.#inTime(
      this.#queues[queue].addBulk(requests.map((request) => jobOfRequest(queue, request, now))),
      requests.length,
    );
  }

  async #inTime(work: Promise<unknown>, jobs = 1): Promise<void> {
    const { outage } = this.#parts;
    try {
      await inTime(work, jobs);
      outage.worked();
    } catch (error) {
      outage.failed({ error }, 'The queue does not take requests; the sweep over the rows will find them');
      throw error;
    }
  }

  async every(queue: QueueName, ms: number): Promise<void> {
    this.#tickers.push(await keepTicking(this.#queues[queue], queue, ms, this.#parts));
  }

  async startWorker(
    queue: QueueName,
    handler: WorkHandler,
    { concurrency }: { concurrency: number },
  ): Promise<QueueWorker> {
    const work = countRunning((id) => handler(id));
    const process = ({ data }: { data: JobData }) =>
      data.delayed ? this.enqueue(queue, data.id) : work.run(data.id);
    const isClosed = () => this.#closed;
    const opened = await openWorker({ ...this.#parts, queue, process, concurrency, isClosed });
    const worker: QueueWorker = {
      close: async ({ force = false } = {}) => {
        this.#workers.delete(worker);
        if (force) await opened.close(true);
        else await this.#closeInOrder(opened, work);
      },
    };
    this.#workers.add(worker);
    return worker;
  }

  /** What runs is waited for whatever happens; BullMQ's own goodbye only where and while the datastore is there. */
  async #closeInOrder(worker: JobWorker, work: RunningWork): Promise<void> {
    if (!this.#parts.connection.isReady()) {
      await work.ended();
      await worker.close(true);
      return;
    }
    const parted = worker.close();
    const givenUp = work.ended().then(() => pause(partWithinMs, undefined, { ref: false }));
    await Promise.race([parted, givenUp]);
  }

  async sentinelLost(): Promise<boolean> {
    const { connection, outage } = this.#parts;
    try {
      const isLost = await connection.plantSentinel();
      outage.worked();
      return isLost;
    } catch (error) {
      outage.failed({ error }, 'The queue does not answer');
      return false;
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const stopTicking of this.#tickers) stopTicking();
    await Promise.all([...this.#workers].map((worker) => worker.close()));
    await Promise.all(Object.values(this.#queues).map((queue) => queue.close()));
    await this.#parts.connection.close();
  }
}

function openQueue({ connection, outage }: Parts, name: QueueName): JobQueue {
  const queue = connection.openQueue(name, {
    defaultJobOptions: { attempts: 1, removeOnComplete: true, removeOnFail: true },
    streams: { events: { maxLen: 100 } },
  });
  queue.on('error', (error) => outage.failed({ error, queue: name }, 'Queue'));
  return queue;
}

async function inTime(work: Promise<unknown>, jobs = 1): Promise<void> {
  const limit = enqueueTimeoutMs + jobs;
  try {
    await orAfter(work, limit, () => {
      throw new Error(`no answer within ${limit} ms`);
    });
  } catch (error) {
    throw new QueueUnavailableError('The queue does not take requests now.', { cause: error });
  }
}
