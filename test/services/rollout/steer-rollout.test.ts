import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runOperation } from '../../../src/jobs/operations/run-operation.ts';
import { abortRollout } from '../../../src/services/rollout/abort-rollout.ts';
import { pauseRollout, resumeRollout } from '../../../src/services/rollout/pause-rollout.ts';
import { retryOperation } from '../../../src/services/rollout/retry-operation.ts';
import { rollBackRollout } from '../../../src/services/rollout/roll-back-rollout.ts';
import { openWorld, type World } from '../../support/test-services.ts';
import {
  accepted,
  actionsOf,
  inWords,
  outboxOf,
  promote,
  promoteAndConfirm,
  releaseAtOnePercent,
  releaseOf,
  rolloutOf,
  runToTheEnd,
  wordsOfLast,
} from '../steps.ts';

let world: World;
let releaseId: string;
beforeEach(async () => {
  world = await openWorld();
  releaseId = await releaseAtOnePercent(world);
});
afterEach(() => world.close());

const day = 24 * 3_600_000;
const releaseKey = 'web-2.4.0';
const pause = () =>
  pauseRollout({ ctx: world.as('dana'), input: { releaseKey, reason: 'The vendor is down.' } });
const resume = () => resumeRollout({ ctx: world.as('emil'), input: { releaseKey } });
const abort = () => abortRollout({ ctx: world.as('dana'), input: { releaseKey, reason: 'Wrong flag.' } });
const retry = (operationId?: string) =>
  retryOperation({ ctx: world.as('dana'), input: { releaseKey, operationId: operationId ?? null } });
const latest = async () => (await rolloutOf(world, releaseId)).operations[0];

/** A target that can be stopped in the middle. */
function withPause(): void {
  const { commands, target } = world.driver;
  const deadlineMs = 1_500;
  commands.pause = {
    deadlineMs,
    run: async () => {
      target.status = { kind: 'paused', reason: null };
      return null;
    },
  };
  commands.resume = {
    deadlineMs,
    run: async () => {
      Object.assign(target, { status: { kind: 'done' }, weight: 10 });
      return null;
    },
  };
}

describe('a paused rollout', () => {
  it('is not promoted until it is resumed, and says who can do that', async () => {
    world.clock.moveBy(2 * day);
    accepted(await pause());
    expect(inWords(await promote(world))).toMatchObject({
      refusal: {
        code: 'conditions-unmet',
        reasons: [
          expect.stringMatching(
            /^The rollout has been paused since .*, by Dana Fischer: The vendor is down\. .*Emil Novak.* can resume it/,
          ),
        ],
      },
    });
    expect(await wordsOfLast(world, 'rollout-paused')).toContain('The vendor is down.');
    accepted(await resume());
    accepted(await promote(world));
  });

  it('is paused once, and can be rolled back', async () => {
    accepted(await pause());
    expect(inWords(await pause())).toMatchObject({
      refusal: { message: 'The rollout of web-2.4.0 is paused already.' },
    });
    const input = { releaseKey, reason: 'Errors.' };
    accepted(await rollBackRollout({ ctx: world.as('emil'), input }));
    await runOperation(world.jobs, releaseId);
    expect(await rolloutOf(world, releaseId)).toMatchObject({ state: 'rolled_back', trafficPercent: 0 });
  });

  it('stops a promotion in the middle, where the target can, and goes on with it', async () => {
    withPause();
    world.clock.moveBy(2 * day);
    accepted(await promote(world));
    world.driver.target.weight = 5;
    expect(accepted(await pause())).toMatchObject({ isMidway: true });
    await runToTheEnd(world, releaseId);
    expect(await rolloutOf(world, releaseId)).toMatchObject({ trafficPercent: 5, phaseIndex: 0 });
    expect((await wordsOfLast(world, 'pause-succeeded')).join(' ')).toContain('stands still at 5 %');
    accepted(await resume());
    await runToTheEnd(world, releaseId);
    expect(await rolloutOf(world, releaseId)).toMatchObject({
      trafficPercent: 10,
      phaseIndex: 1,
      heldAt: null,
      state: 'running',
    });
  });

  it('is refused in the middle, where the target can not be stopped', async () => {
    world.clock.moveBy(2 * day);
    accepted(await promote(world));
    expect(inWords(await pause())).toMatchObject({
      refusal: {
        reasons: [
          'The target "demo" can\'t be paused in the middle of a promotion. Wait for its result, abort it, or roll back.',
        ],
      },
    });
    expect(await latest()).toMatchObject({ kind: 'promote', state: 'confirmed' });
  });
});

describe('an aborted rollout', () => {
  it('has no traffic, is not rolled back, and can start again', async () => {
    accepted(await abort());
    await runOperation(world.jobs, releaseId);
    expect(await rolloutOf(world, releaseId)).toMatchObject({
      state: 'not_started',
      trafficPercent: 0,
      phaseIndex: -1,
    });
    expect((await releaseOf(world, releaseId)).state).toBe('in_progress');
    expect(world.driver.target.weight).toBe(0);
    expect(await actionsOf(world, releaseId)).not.toContain('product.locked');
    expect(await outboxOf(world)).toContain('abort-succeeded');
    await promoteAndConfirm(world, releaseId);
    expect(await rolloutOf(world, releaseId)).toMatchObject({ state: 'running', trafficPercent: 1 });
  });

  it('takes back a promotion that is under way', async () => {
    world.clock.moveBy(2 * day);
    accepted(await promote(world));
    accepted(await abort());
    await runToTheEnd(world, releaseId);
    const { operations, trafficPercent } = await rolloutOf(world, releaseId);
    expect(operations.map(({ kind, state }) => `${kind} ${state}`)).toEqual([
      'abort succeeded',
      'promote cancelled',
      'promote succeeded',
    ]);
    expect(trafficPercent).toBe(0);
  });

  it('is overtaken by a rollback', async () => {
    accepted(await abort());
    const input = { releaseKey, reason: 'Errors.' };
    accepted(await rollBackRollout({ ctx: world.as('emil'), input }));
    await runToTheEnd(world, releaseId);
    const { operations, state } = await rolloutOf(world, releaseId);
    expect(state).toBe('rolled_back');
    expect(operations[1]).toMatchObject({ kind: 'abort', state: 'cancelled' });
  });

  it('needs traffic to take back', async () => {
    accepted(await abort());
    await runOperation(world.jobs, releaseId);
    expect(inWords(await abort())).toMatchObject({
      refusal: { message: 'web-2.4.0 has no traffic; there is nothing to abort.' },
    });
  });
});

describe('what failed', () => {
  it('is tried again: the promotion, to the same share', async () => {
    world.clock.moveBy(2 * day);
    world.driver.behaviour = 'refusing';
    accepted(await promote(world));
    await runToTheEnd(world, releaseId);
    expect(await latest()).toMatchObject({ state: 'failed' });
    world.driver.behaviour = 'sound';
    expect(accepted(await retry((await latest())?.id))).toMatchObject({ kind: 'promote', toPercent: 10 });
    await runToTheEnd(world, releaseId);
    expect(await rolloutOf(world, releaseId)).toMatchObject({ trafficPercent: 10, phaseIndex: 1 });
  });

  it('is tried again: the rollback, for the same reason', async () => {
    world.driver.behaviour = 'not-taking';
    accepted(await rollBackRollout({ ctx: world.as('emil'), input: { releaseKey, reason: 'Errors.' } }));
    await runToTheEnd(world, releaseId);
    world.driver.behaviour = 'sound';
    accepted(await retry());
    await runToTheEnd(world, releaseId);
    expect(await latest()).toMatchObject({ kind: 'rollback', state: 'succeeded', reason: 'Errors.' });
  });

  it('is nothing else than was shown, and only what failed', async () => {
    expect(inWords(await retry())).toMatchObject({
      refusal: { message: 'Nothing of web-2.4.0 has failed that could be tried again.' },
    });
    expect(inWords(await retry('00000000-0000-4000-8000-00000000ffff'))).toMatchObject({
      refusal: { code: 'conflict' },
    });
  });
});
