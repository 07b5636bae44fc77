import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createControlClient } from '../../sandbox/control-client.ts';
import { createTestDatabase, type TestDatabase, testRedisUrl } from '../support/services.ts';
import { patientControl } from './support/intercept-control.ts';
import { Killer } from './support/killer.ts';
import { expectAllOnce, killStoryTimeout, playWithKills } from './support/play-with-kills.ts';
import { type Killing, SandboxProcess } from './support/sandbox-process.ts';
import { seededRandom } from './support/seeded-random.ts';
import { stageStory } from './support/stage-story.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

// The same on embedded storage is in `long/`.
describe.concurrent('a release from T-14 to T+7', { timeout: killStoryTimeout }, () => {
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
