import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runOperation } from '../../../src/jobs/operations/run-operation.ts';
import { prepareRollback, rollBackRollout } from '../../../src/services/rollout/roll-back-rollout.ts';
import { goLive, openWorld, type World } from '../../support/test-services.ts';
import {
  accepted,
  actionsOf,
  approvedRelease,
  planRelease,
  playUntil,
  promote,
  promoteAndConfirm,
  releaseAtOnePercent,
  releaseOf,
  rolloutOf,
} from '../steps.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const rollBack = (reason = 'Errors at checkout.') =>
  rollBackRollout({ ctx: world.as('emil'), input: { releaseKey: 'web-2.4.0', reason } });
const prepare = () => prepareRollback({ ctx: world.as('emil'), input: { releaseKey: 'web-2.4.0' } });

describe('a rollback without a key', () => {
  const later = { date: '2030-07-16', time: '10:00', zone: 'Europe/Amsterdam' };
  const unnamed = async () => prepareRollback({ ctx: world.as('emil'), input: { releaseKey: null } });

  it('means the one release with traffic, whatever else is planned', async () => {
    await releaseAtOnePercent(world);
    await planRelease(world, { release: 'app-1.0', version: '1.0', goLive: later });
    expect(accepted(await unnamed())).toMatchObject({ releaseKey: 'web-2.4.0', trafficPercent: 1 });
  });

  it('offers what went live last, with its date, once no release has traffic', async () => {
    const releaseId = await releaseAtOnePercent(world);
    await world.query(`update releases set state = 'completed' where id = $1`, [releaseId]);
    await planRelease(world, { release: 'web-2.5.0', version: '2.5.0', goLive: later });
    expect(accepted(await unnamed())).toMatchObject({
      releaseKey: 'web-2.4.0',
      wentLive: 'Tue 18 Jun 2030, 10:00 (Europe/Amsterdam)',
    });
  });

  it('is told that there is nothing to roll back when nothing ever went live', async () => {
    await planRelease(world);
    expect(await unnamed()).toMatchObject({ refusal: { code: 'wrong-state' } });
  });
});

describe('a rollback', () => {
  it('is refused while nothing was rolled out, also in its preparation', async () => {
    const releaseId = await approvedRelease(world);
    const refused = { ok: false, refusal: { code: 'wrong-state', releaseId } };
    expect(await prepare()).toMatchObject(refused);
    expect(await rollBack()).toMatchObject(refused);
  });

  it('needs a reason', async () => {
    await releaseAtOnePercent(world);
    for (const nothing of ['  ', '\u200b'])
      expect(await rollBack(nothing)).toMatchObject({ refusal: { code: 'invalid' } });
    expect(await rollBack('x'.repeat(3001))).toMatchObject({ refusal: { code: 'invalid' } });
  });

  it('names no traffic percent in its preparation when the last operation was not confirmed', async () => {
    const releaseId = await releaseAtOnePercent(world);
    await world.query(
      `update operations set observed_percent = null, state = 'failed' where release_id = $1`,
      [releaseId],
    );
    expect(accepted(await prepare())).toEqual({
      releaseKey: 'web-2.4.0',
      trafficPercent: null,
      wentLive: null,
    });
  });

  it('names the traffic percent in its preparation and changes nothing yet', async () => {
    const releaseId = await releaseAtOnePercent(world);
    expect(accepted(await prepare())).toEqual({ releaseKey: 'web-2.4.0', trafficPercent: 1, wentLive: null });
    expect((await rolloutOf(world, releaseId)).operations).toHaveLength(1);
  });

  it('sends all traffic back and ends the release', async () => {
    const releaseId = await releaseAtOnePercent(world);
    expect(accepted(await rollBack())).toMatchObject({ fromPercent: 1 });
    await runOperation(world.jobs, releaseId);
    expect(world.driver.target.weight).toBe(0);
    expect(await rolloutOf(world, releaseId)).toMatchObject({
      state: 'rolled_back',
      trafficPercent: 0,
      gates: [],
    });
    expect((await releaseOf(world, releaseId)).state).toBe('rolled_back');
    expect(await rollBack()).toMatchObject({ refusal: { code: 'wrong-state' } });
  });

  it('leaves no soak that would end later', async () => {
    const releaseId = await releaseAtOnePercent(world);
    const soaks = () =>
      world.query(`select state from timers where kind = 'soak-over' and release_id = $1`, [releaseId]);
    expect(await soaks()).toEqual([{ state: 'pending' }]);
    accepted(await rollBack());
    await runOperation(world.jobs, releaseId);
    expect(await soaks()).toEqual([{ state: 'cancelled' }]);
  });

  it('does not wait for the metrics source', async () => {
    await releaseAtOnePercent(world);
    const query = () => Promise.reject(new Error('down'));
    const ctx = { ...world.as('emil'), metrics: () => ({ query }) };
    const input = { releaseKey: 'web-2.4.0', reason: 'Errors.' };
    expect((await rollBackRollout({ ctx, input })).ok).toBe(true);
  });

  it.each(['confirmed', 'running', 'verifying'])('cancels a promotion that is %s', async (state) => {
    const releaseId = await approvedRelease(world);
    world.clock.moveTo(goLive);
    const { operationId } = accepted(await promote(world));
    await world.query('update operations set state = $1 where id = $2', [state, operationId]);
    accepted(await rollBack());
    await runOperation(world.jobs, releaseId);
    expect((await rolloutOf(world, releaseId)).operations.map(({ kind, state: at }) => [kind, at])).toEqual([
      ['rollback', 'succeeded'],
      ['promote', 'cancelled'],
    ]);
    expect(world.driver.calls.map((command) => command.kind)).toEqual(['roll-back']);
    expect(await actionsOf(world, releaseId)).toContain('operation.promote.cancelled');
  });

  it('is refused while another one is under way, and says whose', async () => {
    await releaseAtOnePercent(world);
    accepted(await rollBack());
    expect(await rollBack()).toMatchObject({
      refusal: { code: 'wrong-state', message: expect.stringContaining('Emil Novak') },
    });
  });

  it('happens once when two ask at the same moment', async () => {
    const releaseId = await releaseAtOnePercent(world);
    const results = await Promise.all([rollBack(), rollBack('I saw it too.')]);
    expect(results.filter((result) => result.ok)).toHaveLength(1);
    const { operations } = await rolloutOf(world, releaseId);
    expect(operations.filter(({ kind }) => kind === 'rollback')).toHaveLength(1);
  });

  it('is still possible after completion, and after the release was closed', async () => {
    const releaseId = await releaseAtOnePercent(world);
    for (let phase = 1; phase < 4; phase += 1) {
      world.clock.moveBy(3 * 3_600_000);
      await promoteAndConfirm(world, releaseId);
    }
    await playUntil(world, '2030-06-26T00:00:00Z');
    expect((await releaseOf(world, releaseId)).state).toBe('completed');
    expect(accepted(await rollBack())).toMatchObject({ fromPercent: 100 });
    await runOperation(world.jobs, releaseId);
    expect((await releaseOf(world, releaseId)).state).toBe('rolled_back');
  });
});

describe('the operations table', () => {
  it('holds at most one operation a release that has not ended', async () => {
    await releaseAtOnePercent(world);
    accepted(await rollBack());
    const second = world.query(
      `insert into operations (id, release_id, target, kind, state, from_percent, to_percent, requested_by,
         requested_by_name, requested_at, requested_wall)
       select gen_random_uuid(), release_id, target, 'promote', 'confirmed', 0, 1, '', '', now(), now()
       from operations limit 1`,
    );
    await expect(second).rejects.toThrow(/operations_one_active/);
  });
});
