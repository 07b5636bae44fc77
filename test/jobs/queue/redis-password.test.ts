import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOutageLog } from '../../../src/jobs/queue/outage-log.ts';
import { connectRedis } from '../../../src/jobs/queue/redis-connection.ts';
import type { Log } from '../../../src/lib/log.ts';
import { startRedis } from '../../support/start-redis.ts';

let folder: string;
let redis: Awaited<ReturnType<typeof startRedis>>;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tminus-redis-'));
  redis = await startRedis(folder);
  const client = new Redis(redis.url);
  await client.config('SET', 'requirepass', 'correct horse');
  client.disconnect();
});
afterAll(async () => {
  await redis.stop();
  await rm(folder, { recursive: true });
});

const logged: string[] = [];
const note = (details: Record<string, unknown>, message: string) =>
  void logged.push(JSON.stringify([message, details]));
const log: Log = { info: note, warn: note, error: note };
const connect = (credentials: string) => {
  const redisUrl = redis.url.replace('//', `//${credentials}`);
  // No test waits for so long: a refusal has to end it at once.
  return connectRedis({ redisUrl, prefix: 'tminus', timeoutMs: 3_600_000, outage: createOutageLog(log) });
};

describe('a Redis that asks for a password', () => {
  it.each([
    ['none', ''],
    ['a wrong one', ':battery-staple@'],
    ['a wrong one with a user', 'default:battery-staple@'],
  ])('is told apart from one that does not answer: %s', async (_, credentials) => {
    const error: Error = await connect(credentials).then(
      () => new Error('it connected'),
      (cause) => cause,
    );
    expect(error.name).toBe('QueueUnavailableError');
    expect(error.message).toContain('refused the password in REDIS_URL');
    expect(JSON.stringify([error.message, error.cause ?? null, ...logged])).not.toContain('battery-staple');
  });

  it('takes the right one', async () => {
    const connection = await connect(':correct%20horse@');
    expect(await connection.plantSentinel()).toBe(true);
    await connection.close();
  });
});
