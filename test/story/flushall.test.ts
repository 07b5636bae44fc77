import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createControlClient } from '../../sandbox/control-client.ts';
import { createTestDatabase, type TestDatabase } from '../support/services.ts';
import { startRedis } from '../support/start-redis.ts';
import { expectAuditIntact, expectEachOperationOnce, waitUntilQuiet } from './support/check-records.ts';
import { Killer } from './support/killer.ts';
import { SandboxProcess } from './support/sandbox-process.ts';
import { seededRandom } from './support/seeded-random.ts';
import { stageStory } from './support/stage-story.ts';

/** The few seconds that an emptied queue may cost, milliseconds, on a machine that has other things to do. */
const fewSecondsMs = 20_000;

let folder: string;
let server: Awaited<ReturnType<typeof startRedis>>;
let redis: Redis;
let database: TestDatabase;

// A Redis of its own: FLUSHALL would empty other tests' queues too.
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tminus-story-'));
  server = await startRedis(folder);
  redis = new Redis(server.url);
  database = await createTestDatabase();
});
afterAll(async () => {
  redis.disconnect();
  await server.stop();
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

it('shows people the same when Redis is emptied again and again', async () => {
  await using sandbox = await SandboxProcess.start({ databaseUrl: database.url, redisUrl: server.url });
  const control = createControlClient(sandbox.url);
  let emptied = 0;
  const flusher = new Killer({
    random: seededRandom('empty Redis'),
    control,
    maxActsBetween: 6,
    kill: async () => {
      if ((await redis.dbsize()) > 0) emptied += 1;
      await redis.flushall();
    },
  });
  const { story } = await stageStory(flusher.control, { ending: 'rollback', timeoutMs: fewSecondsMs });
  await story.play();
  await flusher.stop();
  expect(emptied).toBeGreaterThanOrEqual(8);
  await waitUntilQuiet(sandbox);
  await story.check();
  await expectEachOperationOnce(sandbox, ['promote', 'promote', 'promote', 'promote', 'rollback']);
  await expectAuditIntact(sandbox);
  expect((await control.bot()).restarts).toBe(0);
});
