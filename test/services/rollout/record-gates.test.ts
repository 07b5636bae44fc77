import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { GateResult } from '../../../src/core/rollout/evaluate-gate.ts';
import { runOperation } from '../../../src/jobs/operations/run-operation.ts';
import { watchRollouts } from '../../../src/jobs/operations/watch-rollouts.ts';
import { asSystem } from '../../../src/services/kernel/context.ts';
import { recordGates } from '../../../src/services/rollout/record-gates.ts';
import { rollBackRollout } from '../../../src/services/rollout/roll-back-rollout.ts';
import { eventually } from '../../support/eventually.ts';
import { openWorld, reading, type World } from '../../support/test-services.ts';
import { accepted, approvedRelease, auditOf, releaseAtOnePercent, rolloutOf } from '../steps.ts';
import { changedTables, hashTables } from '../table-hashes.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const changes = async (releaseId: string) =>
  (await auditOf(world, releaseId))
    .filter((event) => event.action === 'gate.changed')
    .map(({ details }) => `${details.metric} ${details.state}`);
const waitingForLocks = async () => {
  const waiting = await world.query(
    `select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  );
  return waiting.length;
};
const record = (releaseId: string, gates: GateResult[], phaseIndex = 0) =>
  recordGates({ ctx: asSystem(world.services), input: { releaseId, phaseIndex, gates } });

describe('watching a rollout', () => {
  it('keeps the present gates and writes down each change of state', async () => {
    const releaseId = await releaseAtOnePercent(world);
    await watchRollouts(world.jobs);
    expect((await rolloutOf(world, releaseId)).gates.map(({ state }) => state)).toEqual(['pass', 'pass']);
    world.readings['error-rate'] = reading(0.3);
    await watchRollouts(world.jobs);
    world.readings['error-rate'] = () => ({ kind: 'no-data', reason: 'no answer', source: 'demo' });
    await watchRollouts(world.jobs);
    expect(await changes(releaseId)).toEqual([
      'error-rate pass',
      'latency-p95 pass',
      'error-rate fail',
      'error-rate unknown',
    ]);
  });

  it('writes nothing while the gates show the same', async () => {
    await releaseAtOnePercent(world);
    await watchRollouts(world.jobs);
    const before = await hashTables(world);
    world.wall.now += 2_000;
    await watchRollouts(world.jobs);
    expect(changedTables(before, await hashTables(world))).toEqual([]);
  });

  it('refreshes the card, but writes no event, when only a value changes', async () => {
    const releaseId = await releaseAtOnePercent(world);
    await watchRollouts(world.jobs);
    const before = await hashTables(world);
    world.readings['latency-p95'] = reading(81);
    await watchRollouts(world.jobs);
    expect(changedTables(before, await hashTables(world))).toEqual(['cards', 'rollouts']);
    expect(await changes(releaseId)).toHaveLength(2);
  });

  it('looks at no rollout before it has begun', async () => {
    const releaseId = await approvedRelease(world);
    await watchRollouts(world.jobs);
    expect((await rolloutOf(world, releaseId)).gates).toEqual([]);
  });
});

describe('recording gates', () => {
  const gate = (state: GateResult['state'], value: string, at: number | null = 1): GateResult => {
    const threshold = 'below 1 %';
    return {
      metric: 'error-rate',
      state,
      title: 'Error rate',
      value,
      threshold,
      sentence: value,
      source: '',
      at,
    };
  };

  it.each([
    ['in a state that there is not', { state: 'healthy' }],
    ['of a metric that there is not', { metric: 'mood' }],
    ['without a sentence', { sentence: undefined }],
  ])('%s is refused', async (_, change) => {
    const releaseId = await releaseAtOnePercent(world);
    const before = await hashTables(world);
    const wrong = { ...gate('fail', '5 %'), ...change } as GateResult;
    expect(await record(releaseId, [wrong])).toMatchObject({ ok: false, refusal: { code: 'invalid' } });
    expect(changedTables(before, await hashTables(world))).toEqual([]);
  });

  it('of another phase is too late and changes nothing', async () => {
    const releaseId = await releaseAtOnePercent(world);
    const before = await hashTables(world);
    accepted(await record(releaseId, [gate('fail', '5 %')], 1));
    accepted(await record(releaseId, [gate('fail', '5 %')], -1));
    expect(changedTables(before, await hashTables(world))).toEqual([]);
  });

  it('tells two criteria of one metric apart', async () => {
    const releaseId = await releaseAtOnePercent(world);
    await record(releaseId, [gate('pass', '0.1 %'), gate('fail', '3 %')]);
    await record(releaseId, [gate('pass', '0.2 %'), gate('fail', '4 %')]);
    expect(await changes(releaseId)).toEqual(['error-rate pass', 'error-rate fail']);
  });

  it('by several processes at once writes down one change', async () => {
    const releaseId = await releaseAtOnePercent(world);
    // Each comes as far as it can without the rollout's row.
    const holder = await world.services.db.pool.connect();
    await holder.query('begin; select from rollouts for update');
    const four = Array.from({ length: 4 }, () => record(releaseId, [gate('fail', '5 %')]));
    await eventually(async () => expect(await waitingForLocks()).toBe(4));
    await holder.query('commit');
    holder.release();
    for (const result of await Promise.all(four)) accepted(result);
    expect(await changes(releaseId)).toEqual(['error-rate fail']);
  });

  it('that were measured before those that are stored changes nothing', async () => {
    const releaseId = await releaseAtOnePercent(world);
    accepted(await record(releaseId, [gate('fail', '5 %', world.wall.now)]));
    const before = await hashTables(world);
    accepted(await record(releaseId, [gate('pass', '0.1 %', world.wall.now - 1)]));
    expect(changedTables(before, await hashTables(world))).toEqual([]);
  });

  it.each([
    ['measured at the same instant', (now: number) => now, (now: number) => now],
    ['without data', (now: number) => now, () => null],
    ['after others without data', () => null, (now: number) => now],
    ['after the clock was set back', (now: number) => now + 1, (now: number) => now],
  ])('%s are kept', async (_, storedAt, at) => {
    const releaseId = await releaseAtOnePercent(world);
    accepted(await record(releaseId, [gate('fail', '5 %', storedAt(world.wall.now))]));
    accepted(await record(releaseId, [gate('unknown', 'no data', at(world.wall.now))]));
    expect(await changes(releaseId)).toEqual(['error-rate fail', 'error-rate unknown']);
  });

  it('after a rollback changes nothing', async () => {
    const releaseId = await releaseAtOnePercent(world);
    const input = { releaseKey: null, reason: 'Errors.' };
    accepted(await rollBackRollout({ ctx: world.as('emil'), input }));
    await runOperation(world.jobs, releaseId);
    const before = await hashTables(world);
    accepted(await record(releaseId, [gate('fail', '5 %')]));
    expect(changedTables(before, await hashTables(world))).toEqual([]);
  });
});
