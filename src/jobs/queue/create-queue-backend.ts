import { systemClock } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';
import { BullWorkQueue } from './bull-work-queue.ts';
import type { WorkerTimings } from './open-worker.ts';
import { createOutageLog } from './outage-log.ts';
import { connectPostgres } from './postgres-connection.ts';
import { connectRedis } from './redis-connection.ts';
import type { WorkQueue } from './work-queue.ts';

/**
 * A destination whose drain was killed says nothing until its job is taken over, so that has to be soon.
 * What keeps work from being done twice is the claim in its row, not the job's lock, which may be lost.
 */
const takeOverSoon: WorkerTimings = { lockDuration: 5_000, stalledInterval: 1_000 };

/**
 * The one place that chooses: BullMQ on Redis when `redisUrl` is given, else on the PostgreSQL at `url`.
 * The database must have answered before (see `openDatabase`).
 * @throws QueueUnavailableError when Redis does not answer within 30 s, or refuses the password.
 */
export async function createQueueBackend(input: {
  redisUrl?: string | undefined;
  /** Of the product's database. */
  url: string;
  /** Begins every key in Redis; PostgreSQL has its own schema for it. */
  prefix?: string;
  timings?: WorkerTimings;
  log: Log;
}): Promise<WorkQueue> {
  const { redisUrl, url, prefix = 'tminus', log } = input;
  const outage = createOutageLog(log);
  const connection = redisUrl
    ? await connectRedis({ redisUrl, prefix, timeoutMs: 30_000, outage })
    : await connectPostgres({ url, log });
  const timings = input.timings ?? takeOverSoon;
  return BullWorkQueue.open({ connection, timings, log, outage, wall: systemClock.wall });
}
