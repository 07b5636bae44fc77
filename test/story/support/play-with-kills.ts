import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'vitest';
import {
  type ChatPlatform,
  type ControlClient,
  createControlClient,
} from '../../../sandbox/control-client.ts';
import { eventually } from '../../support/eventually.ts';
import {
  expectAuditIntact,
  expectEachDeliveryOnce,
  expectEachOperationOnce,
  expectNoVoteLost,
  lostAnswers,
  unknownDeliveries,
  waitUntilQuiet,
} from './check-records.ts';
import { Killer } from './killer.ts';
import type { SandboxProcess } from './sandbox-process.ts';
import { seededRandom } from './seeded-random.ts';
import { UnknownSettler } from './settle-unknown.ts';
import { type StagedStory, stageStory } from './stage-story.ts';

const operations = ['promote', 'promote', 'promote', 'promote', 'rollback'];

/** Each kill costs a start of the bot, which on a machine with other things to do takes its time. Milliseconds. */
export const killStoryTimeout = 600_000;

/**
 * Plays a release while the bot is killed at twenty random instants and more, and checks what came of it. In Teams a
 * message that was being sent then is shown to the release manager, who settles it.
 */
export async function playWithKills(
  sandbox: SandboxProcess,
  name: string,
  platform: ChatPlatform = 'slack',
): Promise<void> {
  const control = createControlClient(sandbox.url, platform);
  const settler = platform === 'teams' ? new UnknownSettler(sandbox, control) : null;
  settler?.start();
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
  const staged = await stageStory(killer.control, {
    ending: 'rollback',
    checkPrivateAnswers: false,
    ...(settler ? { beyondPlan: settler } : {}),
  });
  const play = async () => {
    await staged.story.play();
    await killer.stop();
    console.log(`${name}: killed ${killed.size} times`);
    expect(killed.size).toBeGreaterThanOrEqual(20);
    expect((await control.bot()).restarts).toBe(killed.size);
    await expectAllOnce(sandbox, staged);
  };
  await play().finally(() => settler?.stop());
  if (settler) await expectAllShown(sandbox, settler);
}

/** Whatever ended unknown was shown to the release manager; of an answer, to whom it was given. */
async function expectAllShown(sandbox: SandboxProcess, { shown }: UnknownSettler): Promise<void> {
  const unknown = await unknownDeliveries(sandbox);
  console.log(`${unknown.length} messages were lost sight of, ${shown.size} shown to the release manager`);
  expect(unknown.filter((id) => !shown.has(id))).toEqual([]);
  expect(await lostAnswers(sandbox)).toEqual([]);
}

async function killBot(control: ControlClient, killed: Set<number>): Promise<void> {
  const { pid } = await control.killBot();
  if (pid !== null) killed.add(pid);
}

/** Every message, operation and vote is there once. Looked at when everything has come to rest: by then a second message would be there too. */
export async function expectAllOnce(sandbox: SandboxProcess, { story }: StagedStory): Promise<void> {
  await waitUntilQuiet(sandbox);
  await story.check();
  await expectEachDeliveryOnce(sandbox);
  await expectEachOperationOnce(sandbox, operations);
  await expectNoVoteLost(sandbox);
  await expectAuditIntact(sandbox);
}
