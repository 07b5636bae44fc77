import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import type { Log } from '../../db/log.ts';
import type { QueueConnection } from './connection.ts';
import { QueueUnavailableError } from './wake-queue.ts';

/** Back within a second of Redis, however long it was away. */
const reconnection = { retryStrategy: (times: number) => Math.min(times * 100, 1000) };

/**
 * Connects to Redis through ioredis; `prefix` begins every key. One connection adds jobs and gives up soon,
 * since someone may be waiting; the workers' one never does.
 * @throws QueueUnavailableError when Redis does not answer within `patienceMs`.
 */
export async function connectRedis(input: {
  redisUrl: string;
  prefix: string;
  patienceMs: number;
  log: Log;
}): Promise<QueueConnection> {
  const { redisUrl, prefix, log } = input;
  const adding = new Redis(redisUrl, { ...reconnection, maxRetriesPerRequest: 3, commandTimeout: 5000 });
  const working = new Redis(redisUrl, { ...reconnection, maxRetriesPerRequest: null, lazyConnect: true });
  for (const client of [adding, working])
    client.on('error', (error) => log.warn({ error }, 'Redis connection'));
  const disconnect = () => {
    adding.disconnect();
    working.disconnect();
  };
  await waitForRedis(adding, redisUrl, input.patienceMs).catch((error) => {
    disconnect();
    throw error;
  });
  return {
    kind: 'redis',
    openQueue: (name, options) => new Queue(name, { ...options, prefix, connection: adding }),
    openWorker: (name, process, options) =>
      new Worker(name, process, { ...options, prefix, connection: working }),
    plantSentinel: async () => (await adding.set(`${prefix}:sentinel`, '1', 'NX')) === 'OK',
    close: async () => disconnect(),
  };
}

async function waitForRedis(client: Redis, redisUrl: string, patienceMs: number): Promise<void> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    try {
      await client.ping();
      return;
    } catch (error) {
      if (Date.now() < deadline) continue;
      throw new QueueUnavailableError(
        `Redis at ${new URL(redisUrl).host} does not answer. Check REDIS_URL and that Redis runs there.`,
        { cause: error },
      );
    }
  }
}
