import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createQueueBackend } from '../../../src/jobs/queue/create-queue-backend.ts';
import { queueNames, type WorkQueue } from '../../../src/jobs/queue/work-queue.ts';
import { silentLog } from '../../../src/lib/log.ts';
import { eventually } from '../../support/eventually.ts';
import { startRedis } from '../../support/start-redis.ts';

let folder: string;
let redis: Awaited<ReturnType<typeof startRedis>>;
let queue: WorkQueue;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tminus-redis-'));
  redis = await startRedis(folder);
  queue = await createQueueBackend({
    redisUrl: redis.url,
    url: 'postgres://not-used',
    log: silentLog,
  });
});
afterEach(async () => {
  await redis.stop();
  await rm(folder, { recursive: true });
});

describe('a queue whose Redis was killed', () => {
  it('lets a running job end, and closes soon', async () => {
    let end: () => void = () => undefined;
    const isDone = new Promise<void>((resolve) => {
      end = resolve;
    });
    const seen: string[] = [];
    const handler = async (id: string) => {
      seen.push(id);
      await isDone;
      seen.push('done');
    };
    const workers = await Promise.all(
      queueNames.map((name) => queue.startWorker(name, handler, { concurrency: 2 })),
    );
    await queue.every('planner', 60_000);
    await queue.enqueue('timers', 'held');
    await eventually(() => expect(seen).toContain('held'));
    await redis.kill();
    await expect(queue.enqueue('timers', 'lost')).rejects.toThrow('does not take requests');

    let isClosed = false;
    const closed = Promise.all(workers.map((worker) => worker.close()))
      .then(() => queue.close())
      .then(() => {
        isClosed = true;
      });
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(isClosed).toBe(false);
    const began = Date.now();
    end();
    await closed;
    expect(seen.filter((each) => each === 'done')).toHaveLength(seen.length / 2);
    expect(Date.now() - began).toBeLessThan(1_000);
  });

  it('closes soon when it is killed at that moment', async () => {
    await Promise.all(
      queueNames.map((name) => queue.startWorker(name, async () => undefined, { concurrency: 2 })),
    );
    const began = Date.now();
    const closed = queue.close();
    await redis.kill();
    await closed;
    expect(Date.now() - began).toBeLessThan(6_000);
  });
});
