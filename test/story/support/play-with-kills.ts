import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'vitest';
import { type ControlClient, createControlClient } from '../../../sandbox/control-client.ts';
import { eventually } from '../../support/eventually.ts';
import {
  expectAuditIntact,
  expectEachDeliveryOnce,
  expectEachOperationOnce,
  expectNoVoteLost,
  waitUntilQuiet,
} from './check-records.ts';
import { Killer } from './killer.ts';
import type { SandboxProcess } from './sandbox-process.ts';
import { seededRandom } from './seeded-random.ts';
import { type StagedStory, stageStory } from './stage-story.ts';

const operations = ['promote', 'promote', 'promote', 'promote', 'rollback'];

/** Each kill costs a start of the bot, which on a machine with other things to do takes its time. Milliseconds. */
export const killStoryTimeout = 600_000;

/** Plays a release while the bot is killed at twenty random instants and more, and checks what came of it. */
export async function playWithKills(sandbox: SandboxProcess, name: string): Promise<void> {
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

/** Every message, operation and vote is there once. Looked at when everything has come to rest: by then a second message would be there too. */
export async function expectAllOnce(sandbox: SandboxProcess, { story }: StagedStory): Promise<void> {
  await waitUntilQuiet(sandbox);
  await story.check();
  await expectEachDeliveryOnce(sandbox);
  await expectEachOperationOnce(sandbox, operations);
  await expectNoVoteLost(sandbox);
  await expectAuditIntact(sandbox);
}
