import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runOperation } from '../../../src/jobs/operations/run-operation.ts';
import { watchTargets } from '../../../src/jobs/operations/watch-targets.ts';
import { rollBackRollout } from '../../../src/services/rollout/roll-back-rollout.ts';
import {
  type IntegerWeightsTarget,
  openTarget,
} from '../../drivers/targets/integer-weights/integer-weights-target.ts';
import {
  accepted,
  approvedRelease,
  outboxOf,
  promote,
  rolloutOf,
  runToTheEnd,
} from '../../services/steps.ts';
import { testAdapters } from '../../support/test-adapters.ts';
import { goLive, openWorld, type World } from '../../support/test-services.ts';

const minute = 60_000;

let world: World;
let target: IntegerWeightsTarget;
let releaseId: string;
beforeEach(async () => {
  world = await openWorld();
  target = openTarget('proxy', () => world.wall.now);
  Object.assign(target, { takesMs: 5 * minute, seenAfterMs: 10_000 });
  configure();
  releaseId = await approvedRelease(world);
  world.clock.moveTo(goLive);
});
afterEach(() => world.close());

function configure(settings: { without?: string[] } = {}): void {
  const { drivers } = testAdapters;
  const driver = drivers.create(
    drivers.schema.parse({ type: 'integer-weights', proxy: 'proxy', ...settings }),
    { clock: world.clock },
  );
  for (const services of [world.services, world.jobs]) services.driver = () => driver;
}

const latest = async () => (await rolloutOf(world, releaseId)).operations[0];
const revisions = () => world.query<{ revision: number }>('select revision from cards order by id');
/** Calls the job as often as it asks for, for so long by the test's clock. */
async function runFor(ms: number): Promise<void> {
  const until = world.wall.now + ms;
  while (world.wall.now < until) {
    const wait = await runOperation(world.jobs, releaseId);
    world.wall.now = wait === null ? until : Math.min(until, world.wall.now + wait);
  }
}
async function rollBack(): Promise<void> {
  const input = { releaseKey: null, reason: 'Errors at checkout.' };
  accepted(await rollBackRollout({ ctx: world.as('emil'), input }));
}

describe('a promotion on a slow target with integer weights', () => {
  it('succeeds after minutes, within the tolerance, and says what was really read', async () => {
    accepted(await promote(world));
    await runFor(4 * minute);
    expect(await latest()).toMatchObject({
      state: 'verifying',
      progress: expect.stringMatching(/of 10 updated/),
    });
    await runToTheEnd(world, releaseId);
    expect(target.commands).toEqual(['weight 3']);
    expect(await latest()).toMatchObject({ state: 'succeeded', observedPercent: 1.171875 });
    expect(await rolloutOf(world, releaseId)).toMatchObject({ state: 'running', trafficPercent: 1.171875 });
  });

  it('keeps no worker from other work: a job reads, and comes back', async () => {
    accepted(await promote(world));
    const before = world.wall.now;
    expect(await runOperation(world.jobs, releaseId)).toBe(5_000);
    expect(world.wall.now - before).toBeLessThan(2_000);
  });

  it('shows its progress on the cards, and does not edit them for anything else', async () => {
    accepted(await promote(world));
    await runFor(minute + 5_000);
    expect((await latest())?.progress).toBe('2 of 10 updated');
    const shown = await revisions();
    await runFor(20_000);
    expect(await revisions()).toEqual(shown);
    await runFor(10_000);
    expect((await latest())?.progress).toBe('3 of 10 updated');
  });

  it('goes on after a restart in mid-way, and gives no command twice', async () => {
    accepted(await promote(world));
    await runFor(2 * minute);
    const { handle, id } = (await latest()) ?? {};
    expect(handle).toEqual({ givenFor: id });
    // A new process knows nothing but the rows.
    configure();
    await runToTheEnd(world, releaseId);
    expect(await latest()).toMatchObject({ state: 'succeeded' });
    expect(target.commands).toEqual(['weight 3']);
  });

  it('repeats no command that the target shows already, after a crash before its answer was stored', async () => {
    accepted(await promote(world));
    target.behaviour = 'late';
    await runOperation(world.jobs, releaseId);
    target.behaviour = 'sound';
    world.wall.now += 5 * minute;
    await runToTheEnd(world, releaseId);
    expect(await latest()).toMatchObject({ state: 'succeeded' });
    expect(target.commands).toEqual(['weight 3']);
  });

  it('is not taken when the target is not done within the deadline that its driver declares', async () => {
    target.takesMs = 60 * minute;
    accepted(await promote(world));
    const began = world.wall.now;
    await runToTheEnd(world, releaseId);
    expect(await latest()).toMatchObject({
      state: 'not_taken',
      observedPercent: 0,
      error: 'The live system has not finished: 1 of 10 updated.',
    });
    expect(world.wall.now - began).toBe(10 * minute);
    expect((await rolloutOf(world, releaseId)).state).toBe('not_started');
  });

  it('is not confirmed by an old weight that the target shows before it has seen the command', async () => {
    target.setWeight(3);
    world.wall.now += 10 * minute;
    Object.assign(target, { takesMs: 60 * minute, seenAfterMs: 60 * minute });
    accepted(await promote(world));
    await runToTheEnd(world, releaseId);
    expect(await latest()).toMatchObject({
      state: 'not_taken',
      observedPercent: 1.171875,
      error: 'The target has not acted on the command.',
    });
  });

  it('fails with the reason that the target gives, once it has seen the command', async () => {
    target.fault = 'no healthy instance';
    accepted(await promote(world));
    await runToTheEnd(world, releaseId);
    expect(await latest()).toMatchObject({
      state: 'failed',
      error: 'The target failed: no healthy instance.',
    });
    expect(await outboxOf(world)).toContain('promote-failed');
  });

  it('is overtaken by a rollback in mid-way', async () => {
    accepted(await promote(world));
    await runFor(2 * minute);
    await rollBack();
    await runToTheEnd(world, releaseId);
    expect(target.commands).toEqual(['weight 3', 'weight 0']);
    expect(await rolloutOf(world, releaseId)).toMatchObject({ state: 'rolled_back', trafficPercent: 0 });
    expect((await rolloutOf(world, releaseId)).operations.map(({ state }) => state)).toEqual([
      'succeeded',
      'cancelled',
    ]);
  });
});

describe('after a rollback of a slow target that was not confirmed', () => {
  it('what it comes to is announced once, not each weight on the way', async () => {
    accepted(await promote(world));
    await runToTheEnd(world, releaseId);
    target.takesMs = 15 * minute;
    target.setWeight(128);
    world.wall.now += 15 * minute;
    await rollBack();
    await runToTheEnd(world, releaseId);
    expect(await latest()).toMatchObject({ state: 'not_taken', kind: 'rollback' });
    for (let passed = 0; passed < 6; passed += 1) {
      await watchTargets(world.jobs);
      world.wall.now += minute;
    }
    expect((await outboxOf(world)).filter((subject) => subject === 'traffic-read')).toHaveLength(1);
    expect((await rolloutOf(world, releaseId)).trafficPercent).toBe(0);
  });
});

describe('a target that lacks a command', () => {
  it('refuses a promotion before anything is done, and says what the target can not do', async () => {
    configure({ without: ['setWeight'] });
    expect(await promote(world)).toMatchObject({
      ok: false,
      refusal: {
        code: 'conditions-unmet',
        reasons: [
          'The target "demo" can\'t be set to 1 % by tminus. Change the phases of the plan, or promote it there by hand.',
        ],
      },
    });
    expect((await rolloutOf(world, releaseId)).operations).toEqual([]);
  });

  it('refuses a rollback in the same way, and cancels no promotion for it', async () => {
    accepted(await promote(world));
    configure({ without: ['rollBack'] });
    const input = { releaseKey: null, reason: 'Errors at checkout.' };
    expect(await rollBackRollout({ ctx: world.as('emil'), input })).toMatchObject({
      refusal: {
        reasons: ['The target "demo" offers no rollback that tminus could use. Roll back there by hand.'],
      },
    });
    expect(await latest()).toMatchObject({ kind: 'promote', state: 'confirmed' });
  });

  it('fails an operation that was requested before the configuration changed', async () => {
    accepted(await promote(world));
    configure({ without: ['setWeight'] });
    await runToTheEnd(world, releaseId);
    expect(await latest()).toMatchObject({ state: 'failed', error: expect.stringContaining('by tminus') });
  });
});
