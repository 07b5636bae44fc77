import { Redis } from 'ioredis';
import { afterAll, beforeAll } from 'vitest';
import { createQueueBackend } from '../../../src/jobs/queue/create-queue-backend.ts';
import { silentLog } from '../../../src/lib/log.ts';
import { testRedisUrl } from '../../support/services.ts';
import { describeQueueContract, ownName } from './queue-contract.ts';

const prefix = ownName();
let redis: Redis;

beforeAll(() => {
  redis = new Redis(testRedisUrl());
});
afterAll(async () => {
  await removeKeys();
  redis.disconnect();
});

/** What FLUSHALL is to this queue; the Redis itself is shared with other test files. */
async function removeKeys(): Promise<void> {
  const script = "for _, key in ipairs(redis.call('keys', ARGV[1])) do redis.call('del', key) end";
  await redis.call('eval', script, 0, `${prefix}:*`);
}

describeQueueContract('redis', {
  open: () =>
    createQueueBackend({
      redisUrl: testRedisUrl(),
      url: 'postgres://not-used',
      prefix,
      timings: { lockDuration: 1000, stalledInterval: 300 },
      log: silentLog,
    }),
  empty: removeKeys,
});
