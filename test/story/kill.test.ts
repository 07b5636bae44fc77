import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ControlClient, createControlClient } from '../../sandbox/control-client.ts';
import { eventually } from '../support/eventually.ts';
import { createTestDatabase, type TestDatabase, testRedisUrl } from '../support/services.ts';
import {
  expectAuditIntact,
  expectEachDeliveryOnce,
  expectEachOperationOnce,
  expectNoVoteLost,
  waitUntilQuiet,
} from './support/check-records.ts';
import { patientControl } from './support/intercept-control.ts';
import { Killer } from './support/killer.ts';
import { type Killing, SandboxProcess } from './support/sandbox-process.ts';
import { seededRandom } from './support/seeded-random.ts';
import { type StagedStory, stageStory } from './support/stage-story.ts';

const operations = ['promote', 'promote', 'promote', 'promote', 'rollback'];

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** Each kill costs a start of the bot, which on a machine with other things to do takes its time. */
const timeout = 600_000;

describe.concurrent('a release from T-14 to T+7', { timeout }, () => {
  it('with the bot killed at twenty random instants and more, embedded storage', async () => {
    await using sandbox = await SandboxProcess.start();
    await playWithKills(sandbox, 'embedded PostgreSQL');
  });

  it('with the bot killed at twenty random instants and more, on Redis', async () => {
    const storage = { databaseUrl: database.url, redisUrl: testRedisUrl() };
    await using sandbox = await SandboxProcess.start(storage);
    await playWithKills(sandbox, 'Redis');
  });

  it('with the workspace, the bot and the database killed in mid-story', async () => {
    await using sandbox = await SandboxProcess.start();
    const random = seededRandom('kill the sandbox');
    const killings: Killing[] = ['parent', 'parent-and-bot', 'everything', 'parent-and-bot'];
    const killer = new Killer({
      random,
      control: patientControl(createControlClient(sandbox.url)),
      // The story has more than four times as many, so that all of them fall.
      maxActsBetween: 9,
      kill: async () => {
        const killing = killings.shift();
        if (killing) await sandbox.killAndStartAgain(killing);
      },
    });
    const staged = await stageStory(killer.control, { ending: 'rollback', checkPrivateAnswers: false });
    await staged.story.play();
    await killer.stop();
    expect(killings).toEqual([]);
    await expectAllOnce(sandbox, staged);
  });
});

async function playWithKills(sandbox: SandboxProcess, name: string): Promise<void> {
  const control = createControlClient(sandbox.url);
  const random = seededRandom(`kill the bot, ${name}`);
  const killed = new Set<number>();
  const killer = new Killer({
    random,
    control,
    maxActsBetween: 2,
    kill: async () => {
      await killBot(control, killed);
      // Now and then again while it starts.
      if (random.below(8) === 0) {
        await pause(random.below(2_000));
        await killBot(control, killed);
      }
      await eventually(async () => {
        const { pid, state } = await control.bot();
        expect(state === 'running' && !killed.has(pid ?? 0)).toBe(true);
      }, 30_000);
    },
  });
  const staged = await stageStory(killer.control, { ending: 'rollback', checkPrivateAnswers: false });
  await staged.story.play();
  await killer.stop();
  console.log(`${name}: killed ${killed.size} times`);
  expect(killed.size).toBeGreaterThanOrEqual(20);
  expect((await control.bot()).restarts).toBe(killed.size);
  await expectAllOnce(sandbox, staged);
}

async function killBot(control: ControlClient, killed: Set<number>): Promise<void> {
  const { pid } = await control.killBot();
  if (pid !== null) killed.add(pid);
}

/** Looked at when everything has come to rest: by then a second message would be there too. */
async function expectAllOnce(sandbox: SandboxProcess, { story }: StagedStory): Promise<void> {
  await waitUntilQuiet(sandbox);
  await story.check();
  await expectEachDeliveryOnce(sandbox);
  await expectEachOperationOnce(sandbox, operations);
  await expectNoVoteLost(sandbox);
  await expectAuditIntact(sandbox);
}
