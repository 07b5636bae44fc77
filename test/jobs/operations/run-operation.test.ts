import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isTrafficKnown } from '../../../src/db/queries/rollouts.ts';
import { runOperation } from '../../../src/jobs/operations/run-operation.ts';
import { rollBackRollout } from '../../../src/services/rollout/roll-back-rollout.ts';
import { rollBack, setWeight } from '../../drivers/call-driver.ts';
import {
  accepted,
  actionsOf,
  approvedRelease,
  outboxOf,
  promote,
  releaseAtOnePercent,
  rolloutOf,
  runToTheEnd,
} from '../../services/steps.ts';
import { goLive, openWorld, type World } from '../../support/test-services.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

/** A promotion to 1 % that was asked for and not begun. */
async function askedPromotion() {
  const releaseId = await approvedRelease(world);
  world.clock.moveTo(goLive);
  const { operationId } = accepted(await promote(world));
  return { releaseId, operationId };
}
async function askedRollback() {
  const releaseId = await releaseAtOnePercent(world);
  world.driver.calls.length = 0;
  const input = { releaseKey: null, reason: 'Errors at checkout.' };
  const { operationId } = accepted(await rollBackRollout({ ctx: world.as('emil'), input }));
  return { releaseId, operationId };
}
const run = (releaseId: string) => runOperation(world.jobs, releaseId);
const latest = async (releaseId: string) => (await rolloutOf(world, releaseId)).operations[0];

describe('an operation', () => {
  it('goes from the request to what was read at the target, each step in the audit trail', async () => {
    const { releaseId, operationId } = await askedPromotion();
    expect(await run(releaseId)).toBeNull();
    expect(world.driver.calls).toEqual([{ kind: 'set-weight', version: '2.4.0', weight: 1, operationId }]);
    expect(await latest(releaseId)).toMatchObject({ state: 'succeeded', observedPercent: 1 });
    expect(await rolloutOf(world, releaseId)).toMatchObject({
      state: 'running',
      trafficPercent: 1,
      phaseIndex: 0,
      phaseSince: Date.parse(goLive),
    });
    const steps = (await actionsOf(world, releaseId)).filter((action) => action.startsWith('operation.'));
    expect(steps).toEqual([
      'operation.promote.requested',
      'operation.promote.running',
      'operation.promote.verifying',
      'operation.promote.succeeded',
    ]);
    expect(await outboxOf(world)).toContain('promote-succeeded');
    const soak = await world.query(`select due_at from timers where kind = 'soak-over'`);
    expect(soak).toEqual([{ due_at: new Date(Date.parse(goLive) + 3_600_000) }]);
  });

  it('that has ended is not carried out again', async () => {
    const { releaseId } = await askedPromotion();
    await run(releaseId);
    await run(releaseId);
    expect(world.driver.calls).toHaveLength(1);
  });

  it('is left for the next process when this one is stopping', async () => {
    const { releaseId } = await askedPromotion();
    await runOperation({ ...world.jobs, stopping: AbortSignal.abort() }, releaseId);
    expect(await latest(releaseId)).toMatchObject({ state: 'confirmed' });
    expect(world.driver.calls).toEqual([]);
  });
});

describe('after a crash', () => {
  const states = ['confirmed', 'running', 'verifying'] as const;

  it.each(states)('a promotion that was %s is taken up and ends', async (state) => {
    const { releaseId, operationId } = await askedPromotion();
    await world.query('update operations set state = $1', [state]);
    // Up to `verifying` the command may have reached the target; then it certainly has.
    if (state !== 'confirmed') await setWeight(world.driver, { weight: 1, operationId: operationId ?? '' });
    await run(releaseId);
    expect(await latest(releaseId)).toMatchObject({ id: operationId, state: 'succeeded' });
    expect(new Set(world.driver.calls.map((command) => command.operationId))).toEqual(new Set([operationId]));
    expect(world.driver.target.weight).toBe(1);
    expect((await outboxOf(world)).filter((subject) => subject === 'promote-succeeded')).toHaveLength(1);
  });

  it.each(states)('a rollback that was %s is taken up and ends', async (state) => {
    const { releaseId, operationId } = await askedRollback();
    await world.query(`update operations set state = $1 where kind = 'rollback'`, [state]);
    if (state === 'verifying') await rollBack(world.driver, operationId);
    await run(releaseId);
    expect(await rolloutOf(world, releaseId)).toMatchObject({ state: 'rolled_back', trafficPercent: 0 });
    expect(world.driver.calls).toEqual([{ kind: 'roll-back', operationId }]);
  });

  it('an operation taken up by two processes at once ends once, under one id', async () => {
    const { releaseId, operationId } = await askedPromotion();
    await Promise.all([run(releaseId), run(releaseId), run(releaseId)]);
    expect(await latest(releaseId)).toMatchObject({ state: 'succeeded' });
    expect(new Set(world.driver.calls.map((command) => command.operationId))).toEqual(new Set([operationId]));
    expect((await outboxOf(world)).filter((subject) => subject.startsWith('promote-'))).toHaveLength(1);
  });
});

describe('a driver that fails', () => {
  it('is tried again after a pause, with the same id, until it works', async () => {
    const { releaseId, operationId } = await askedPromotion();
    world.driver.behaviour = 'unreachable';
    expect(await run(releaseId)).toBe(1_000);
    expect(await run(releaseId)).toBe(1_000);
    expect(world.driver.calls).toHaveLength(1);
    world.wall.now += 1_000;
    expect(await run(releaseId)).toBe(2_000);
    world.driver.behaviour = 'sound';
    world.wall.now += 2_000;
    expect(await run(releaseId)).toBeNull();
    expect(await latest(releaseId)).toMatchObject({ state: 'succeeded', attempts: 2, error: null });
    expect(world.driver.calls.map((command) => command.operationId)).toEqual([
      operationId,
      operationId,
      operationId,
    ]);
  });

  it('after doing what it was told is not believed: the target is read', async () => {
    const { releaseId } = await askedPromotion();
    world.driver.behaviour = 'late';
    await run(releaseId);
    expect(await latest(releaseId)).toMatchObject({
      state: 'running',
      error: expect.stringContaining('3 s'),
    });
    world.driver.behaviour = 'sound';
    world.wall.now += 60_000;
    await run(releaseId);
    expect(await latest(releaseId)).toMatchObject({ state: 'succeeded', observedPercent: 1 });
  });

  it.each([
    ['promotion', askedPromotion, 5, 'promote-failed'],
    ['rollback', askedRollback, 10, 'rollback-failed'],
  ] as const)(
    'ends a %s as failed after so many attempts, and says so',
    async (_kind, ask, attempts, told) => {
      const { releaseId } = await ask();
      world.driver.behaviour = 'refusing';
      await runToTheEnd(world, releaseId);
      expect(await latest(releaseId)).toMatchObject({
        state: 'failed',
        error: 'The target refuses commands.',
      });
      expect(world.driver.calls).toHaveLength(attempts);
      expect((await outboxOf(world)).at(-1)).toBe(told);
      expect((await rolloutOf(world, releaseId)).state).not.toBe('rolled_back');
    },
  );

  it('reads the target before it gives up, since an unanswered command may have been carried out', async () => {
    const { releaseId } = await askedPromotion();
    world.driver.behaviour = 'late';
    const { observe } = world.driver;
    world.driver.observe = async (call) => {
      if (world.driver.calls.length < 5) throw new Error('The target does not answer.');
      return observe(call);
    };
    await runToTheEnd(world, releaseId);
    expect(await latest(releaseId)).toMatchObject({ state: 'succeeded', attempts: 4, observedPercent: 1 });
    expect(await rolloutOf(world, releaseId)).toMatchObject({ state: 'running', trafficPercent: 1 });
  });

  it('is not called again for what the target shows already', async () => {
    const { releaseId } = await askedPromotion();
    world.driver.behaviour = 'late';
    await runToTheEnd(world, releaseId);
    expect(await latest(releaseId)).toMatchObject({ state: 'succeeded', attempts: 1, observedPercent: 1 });
    expect(world.driver.calls).toHaveLength(1);
  });

  it('leaves the way free for another attempt by a person', async () => {
    const { releaseId } = await askedPromotion();
    world.driver.behaviour = 'refusing';
    await runToTheEnd(world, releaseId);
    world.driver.behaviour = 'sound';
    accepted(await promote(world));
    await run(releaseId);
    expect(await rolloutOf(world, releaseId)).toMatchObject({ state: 'running', trafficPercent: 1 });
  });

  it('gives way to a rollback that is asked for meanwhile', async () => {
    const { releaseId } = await askedPromotion();
    world.driver.behaviour = 'unreachable';
    await run(releaseId);
    world.driver.behaviour = 'sound';
    const input = { releaseKey: null, reason: 'Stop.' };
    accepted(await rollBackRollout({ ctx: world.as('emil'), input }));
    await run(releaseId);
    expect(await latest(releaseId)).toMatchObject({ kind: 'rollback', state: 'succeeded' });
    expect(world.driver.calls.at(-1)).toMatchObject({ kind: 'roll-back' });
  });
});

describe('a promotion that a rollback overtakes while the driver is called', () => {
  it('does not come back: the rollback has the last word', async () => {
    const { releaseId } = await askedPromotion();
    const { setWeight: sound } = world.driver.commands;
    if (!sound) throw new Error('the memory driver sets weights');
    const overtaken: typeof sound.run = async (call) => {
      const input = { releaseKey: null, reason: 'Stop.' };
      accepted(await rollBackRollout({ ctx: world.as('emil'), input }));
      return sound.run(call);
    };
    world.driver.commands = { ...world.driver.commands, setWeight: { ...sound, run: overtaken } };
    await run(releaseId);
    expect(world.driver.calls.map((command) => command.kind)).toEqual(['set-weight', 'roll-back']);
    expect(world.driver.target.weight).toBe(0);
    expect(await rolloutOf(world, releaseId)).toMatchObject({ state: 'rolled_back', trafficPercent: 0 });
  });
});

describe('a command that the target does not take', () => {
  it('is told as not taken, with what was read, and the phase stays', async () => {
    const { releaseId } = await askedPromotion();
    world.driver.behaviour = 'not-taking';
    await run(releaseId);
    expect(await latest(releaseId)).toMatchObject({ state: 'not_taken', observedPercent: 0 });
    expect(await rolloutOf(world, releaseId)).toMatchObject({
      state: 'not_started',
      phaseIndex: -1,
      trafficPercent: 0,
    });
    expect(await outboxOf(world)).toContain('promote-not_taken');
  });

  it('is not called confirmed when the target can be commanded and not read', async () => {
    const { releaseId } = await askedPromotion();
    world.driver.observe = () => Promise.reject(new Error('The target does not answer.'));
    await run(releaseId);
    expect(await latest(releaseId)).toMatchObject({
      state: 'not_taken',
      observedPercent: null,
      error: 'The target does not answer.',
    });
  });

  it('leaves a rollback to be asked for again', async () => {
    const { releaseId } = await askedRollback();
    world.driver.behaviour = 'not-taking';
    await run(releaseId);
    expect(await latest(releaseId)).toMatchObject({
      kind: 'rollback',
      state: 'not_taken',
      observedPercent: 1,
    });
    world.driver.behaviour = 'sound';
    const input = { releaseKey: null, reason: 'Again.' };
    accepted(await rollBackRollout({ ctx: world.as('emil'), input }));
    await run(releaseId);
    expect((await rolloutOf(world, releaseId)).state).toBe('rolled_back');
  });
});

describe('without a driver of the name that the plan gives', () => {
  it('an operation fails at once, and says which name', async () => {
    const { releaseId } = await askedPromotion();
    await runOperation({ ...world.jobs, driver: () => undefined }, releaseId);
    expect(await latest(releaseId)).toMatchObject({
      state: 'failed',
      error: 'No driver "demo" is configured.',
    });
  });
});

describe('a target that another version has', () => {
  it("does not confirm a promotion by that version's weight", async () => {
    const { releaseId } = await askedPromotion();
    Object.assign(world.driver.target, { weight: 1, candidateVersion: '2.3.99' });
    await runToTheEnd(world, releaseId);
    expect(await latest(releaseId)).toMatchObject({ state: 'failed', observedPercent: 0 });
    expect((await rolloutOf(world, releaseId)).trafficPercent).toBe(0);
  });

  it('loses no traffic to the rollback of this one, which says why', async () => {
    const { releaseId } = await askedRollback();
    Object.assign(world.driver.target, {
      weight: 20,
      stableVersion: '2.4.0',
      candidateVersion: '2.5.0',
    });
    await runToTheEnd(world, releaseId);
    expect(world.driver.target.weight).toBe(20);
    expect(await latest(releaseId)).toMatchObject({
      state: 'failed',
      observedPercent: 80,
      error:
        'The target rolls out 2.5.0, so there is nothing of 2.4.0 that a rollback could take back. Nothing was changed.',
    });
  });

  it('on a side that is known by name goes back with it, and is not confirmed before it has', async () => {
    const { releaseId } = await askedRollback();
    world.driver.hasNamedSides = true;
    Object.assign(world.driver.target, { weight: 20, candidateVersion: '2.4.1' });
    world.driver.behaviour = 'not-taking';
    await runToTheEnd(world, releaseId);
    expect(await latest(releaseId)).toMatchObject({ state: 'not_taken', observedPercent: 20 });
    world.driver.behaviour = 'sound';
    const input = { releaseKey: null, reason: 'Errors at checkout.' };
    accepted(await rollBackRollout({ ctx: world.as('emil'), input }));
    await runToTheEnd(world, releaseId);
    expect(await latest(releaseId)).toMatchObject({ state: 'succeeded', observedPercent: 0 });
    expect(world.driver.target.weight).toBe(0);
  });

  it('after it was completed keeps its traffic, though the sides be known by name', async () => {
    const { releaseId } = await askedRollback();
    world.driver.hasNamedSides = true;
    await world.query(`update rollouts set state = 'completed'`);
    Object.assign(world.driver.target, { weight: 20, candidateVersion: '2.5.0' });
    await runToTheEnd(world, releaseId);
    expect(await latest(releaseId)).toMatchObject({ state: 'failed' });
    expect(world.driver.target.weight).toBe(20);
  });

  it('that is stable by now is said to be', async () => {
    const { releaseId } = await askedRollback();
    Object.assign(world.driver.target, { weight: 0, stableVersion: '2.4.0', candidateVersion: null });
    await runToTheEnd(world, releaseId);
    expect((await latest(releaseId))?.error).toContain('The target has 2.4.0 as its stable version');
    expect(world.driver.calls).toEqual([]);
  });

  it('without any traffic is rolled back like any other', async () => {
    const { releaseId } = await askedRollback();
    Object.assign(world.driver.target, { weight: 0, candidateVersion: '2.5.0' });
    await runToTheEnd(world, releaseId);
    expect(await latest(releaseId)).toMatchObject({ state: 'succeeded', observedPercent: 0 });
  });
});

describe('the order of operations', () => {
  it('is that in which they were asked for, whatever the clocks say', async () => {
    const releaseId = await releaseAtOnePercent(world);
    world.clock.moveBy(-2_000);
    const input = { releaseKey: null, reason: 'Errors at checkout.' };
    accepted(await rollBackRollout({ ctx: world.as('emil'), input }));
    const rollout = await rolloutOf(world, releaseId);
    expect(rollout.operations.map(({ kind }) => kind)).toEqual(['rollback', 'promote']);
    expect(isTrafficKnown(rollout)).toBe(false);
  });
});

describe('the traffic that an operation starts from', () => {
  it('is what was read, not what the plan had in mind', async () => {
    const releaseId = await releaseAtOnePercent(world);
    world.clock.moveBy(3 * 3_600_000);
    world.driver.behaviour = 'not-taking';
    world.driver.target.weight = 5;
    accepted(await promote(world));
    await runToTheEnd(world, releaseId);
    expect(await latest(releaseId)).toMatchObject({ state: 'not_taken', observedPercent: 5 });
    expect(accepted(await promote(world))).toMatchObject({ fromPercent: 5, toPercent: 10 });
  });

  it('is left open where nothing is known', async () => {
    const { releaseId } = await askedPromotion();
    const input = { releaseKey: null, reason: 'Errors at checkout.' };
    expect(accepted(await rollBackRollout({ ctx: world.as('emil'), input }))).toMatchObject({
      fromPercent: null,
    });
    await runToTheEnd(world, releaseId);
    const [told] = await world.query<{ text: string }>(
      `select content::text as text from deliveries where subject = 'rollback-succeeded'`,
    );
    expect(told?.text).toContain('Rolled back by Emil Novak."');
  });
});
