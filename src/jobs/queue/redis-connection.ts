import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import type { QueueConnection } from './connection.ts';
import type { OutageLog } from './outage-log.ts';
import { QueueUnavailableError } from './work-queue.ts';

/** Back within a second of Redis, however long it was away. */
const reconnection = { retryStrategy: (times: number) => Math.min(times * 100, 1000) };

/**
 * Connects to Redis through ioredis; `prefix` begins every key. One connection adds jobs and gives up soon,
 * since someone may be waiting; the workers' one never does.
 * @throws QueueUnavailableError when Redis does not answer within `timeoutMs`, or refuses the password.
 */
export async function connectRedis(input: {
  redisUrl: string;
  prefix: string;
  timeoutMs: number;
  outage: OutageLog;
}): Promise<QueueConnection> {
  const { redisUrl, prefix, outage } = input;
  const adding = new Redis(redisUrl, { ...reconnection, maxRetriesPerRequest: 3, commandTimeout: 5000 });
  const working = new Redis(redisUrl, { ...reconnection, maxRetriesPerRequest: null, lazyConnect: true });
  // The message alone: an error of ioredis has the command with its arguments, the password too.
  for (const client of [adding, working])
    client.on('error', ({ message }) => outage.failed({ note: message }, 'Redis connection'));
  const disconnect = () => {
    adding.disconnect();
    working.disconnect();
  };
  await waitForRedis(adding, redisUrl, input.timeoutMs).catch((error) => {
    disconnect();
    throw error;
  });
  return {
    kind: 'redis',
    openQueue: (name, options) => new Queue(name, { ...options, prefix, connection: adding }),
    openWorker: (name, process, options) =>
      new Worker(name, process, { ...options, prefix, connection: working }),
    plantSentinel: async () => (await adding.set(`${prefix}:sentinel`, '1', 'NX')) === 'OK',
    isReady: () => [adding, working].every(({ status }) => status === 'ready'),
    close: async () => disconnect(),
  };
}

/** A wrong password shows when connecting, a missing one in the answer; neither gets better by waiting. */
async function waitForRedis(client: Redis, redisUrl: string, timeoutMs: number): Promise<void> {
  const { host } = new URL(redisUrl);
  const deadline = Date.now() + timeoutMs;
  let failure: unknown = null;
  client.on('error', (error) => {
    failure = error;
  });
  for (;;) {
    try {
      await client.ping();
      return;
    } catch (error) {
      if ([error, failure].some(isPasswordRefused)) {
        throw new QueueUnavailableError(
          `Redis at ${host} refused the password in REDIS_URL, or needs one. Write it as redis://:PASSWORD@${host}.`,
        );
      }
      if (Date.now() < deadline) continue;
      throw new QueueUnavailableError(
        `Redis at ${host} does not answer. Check REDIS_URL and that Redis runs there.`,
        { cause: error },
      );
    }
  }
}

function isPasswordRefused(error: unknown): boolean {
  return error instanceof Error && /^(NOAUTH|WRONGPASS)\b/.test(error.message);
}
