import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lineText } from '../../../src/core/card/line.ts';
import { runOperation } from '../../../src/jobs/operations/run-operation.ts';
import type { MetricSource } from '../../../src/services/ports/metric-source.ts';
import { promoteRollout } from '../../../src/services/rollout/promote-rollout.ts';
import { rollBackRollout } from '../../../src/services/rollout/roll-back-rollout.ts';
import { goLive, idOf, openWorld, reading, type World } from '../../support/test-services.ts';
import {
  accepted,
  approvedRelease,
  auditOf,
  inWords,
  planRelease,
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

const hour = 3_600_000;
const reasonsOf = async () => {
  const result = await promote(world);
  if (result.ok) throw new Error('it was not refused');
  expect(result.refusal.code).toBe('conditions-unmet');
  return (result.refusal.reasons ?? []).map(lineText);
};

it('is refused up front where no driver is configured, and says what to do instead', async () => {
  await approvedRelease(world);
  const ctx = { ...world.as('dana'), driver: () => undefined };
  const result = await promoteRollout({ ctx, input: { releaseKey: 'web-2.4.0', target: 'next' } });
  expect(inWords(result)).toMatchObject({
    refusal: { reasons: [expect.stringContaining('Deploy it with your own pipeline')] },
  });
});

describe('the promote guard', () => {
  it('refuses without a go decision', async () => {
    await planRelease(world);
    world.clock.moveTo(goLive);
    expect(await reasonsOf()).toEqual([
      'There is no go decision. Who can ask for one: Rita Moreno (Release Manager).',
    ]);
  });

  it('refuses before go-live', async () => {
    await approvedRelease(world);
    world.clock.moveTo(Date.parse(goLive) - 1);
    expect(await reasonsOf()).toEqual(['Go-live is in 1 second; promotion opens then.']);
  });

  it('refuses during the soak', async () => {
    await releaseAtOnePercent(world);
    world.clock.moveBy(hour - 1);
    expect(await reasonsOf()).toEqual(['The soak is not over: 1 second to go.']);
  });

  it('refuses while an operation is under way', async () => {
    await approvedRelease(world);
    world.clock.moveTo(goLive);
    accepted(await promote(world));
    expect(await reasonsOf()).toEqual(['A promotion to 1 % is under way; wait for its result.']);
  });

  it.each([
    ['fails', reading(0.25), /Error rate is 25\.00 %/],
    ['has too little traffic', reading(0, 3), /only 3 of the 20 requests/],
    ['has no data', () => ({ kind: 'no-data' as const, reason: 'no answer', source: 'demo' }), /no data/],
    ['is stale', (wall: number) => reading(0)(wall - 60_000), /1 minute old/],
  ])('refuses while a gate %s', async (_what, read, reason) => {
    await releaseAtOnePercent(world);
    world.clock.moveBy(hour);
    world.readings['error-rate'] = read;
    expect(await reasonsOf()).toEqual([expect.stringMatching(reason)]);
  });

  it('refuses when the plan names a metrics source that is not configured any more', async () => {
    world.services.adapters = { drivers: ['demo'], metrics: ['prometheus'] };
    const rollout = { ...world.plan.rollout, metrics: 'prometheus' };
    const releaseId = await approvedRelease(world, { rollout });
    world.clock.moveTo(goLive);
    await promoteAndConfirm(world, releaseId);
    world.clock.moveBy(hour);
    expect(await reasonsOf()).toHaveLength(2);
  });

  it('tells everything that is in the way at once', async () => {
    await releaseAtOnePercent(world);
    world.readings['error-rate'] = reading(1);
    world.readings['latency-p95'] = reading(900);
    const result = await promote(world, 'dana', 'full');
    expect(result).toMatchObject({ refusal: { reasons: { length: 4 } } });
  });

  it('refuses what is no traffic percent', async () => {
    await approvedRelease(world);
    for (const trafficPercent of [0, -1, 101]) {
      expect(await promote(world, 'dana', trafficPercent)).toMatchObject({ refusal: { code: 'invalid' } });
    }
  });
});

describe('a promotion', () => {
  it('is written as a confirmed operation with its evidence, and starts the release', async () => {
    const releaseId = await approvedRelease(world);
    world.clock.moveTo(goLive);
    const asked = accepted(await promote(world));
    expect(asked).toMatchObject({ releaseKey: 'web-2.4.0', fromPercent: 0, toPercent: 1 });
    expect((await releaseOf(world, releaseId)).state).toBe('in_progress');
    expect((await rolloutOf(world, releaseId)).operations).toMatchObject([
      {
        id: asked.operationId,
        state: 'confirmed',
        requestedByName: 'Dana Fischer',
        requestedBy: `slack:${idOf('dana')}`,
      },
    ]);
    expect(world.workItems).toContainEqual({ job: 'operation', releaseId });
    expect(world.driver.calls).toEqual([]);
  });

  it('keeps the gates that it was decided on in the audit trail', async () => {
    const releaseId = await releaseAtOnePercent(world);
    world.clock.moveBy(hour);
    accepted(await promote(world, 'rita', 10));
    const asked = (await auditOf(world, releaseId)).findLast((event) => event.action.endsWith('.requested'));
    expect(asked?.details.gates).toMatchObject([
      { metric: 'error-rate', state: 'pass', value: '0.02 %' },
      { metric: 'latency-p95', state: 'pass', value: '80 ms' },
    ]);
  });

  it('happens once when two ask at the same moment', async () => {
    const releaseId = await approvedRelease(world);
    world.clock.moveTo(goLive);
    const results = await Promise.all([promote(world, 'dana'), promote(world, 'rita')]);
    expect(results.filter((result) => result.ok)).toHaveLength(1);
    expect((await rolloutOf(world, releaseId)).operations).toHaveLength(1);
  });

  it('is refused when the rollout moved on while its gates were read', async () => {
    const releaseId = await releaseAtOnePercent(world);
    world.clock.moveBy(hour);
    let overtaken = false;
    const overtake = async () => {
      if (overtaken) return;
      overtaken = true;
      await promoteAndConfirm(world, releaseId);
    };
    const query: MetricSource['query'] = async ({ metric }) => {
      await overtake();
      return world.readings[metric](world.wall.now);
    };
    const slow = { ...world.as('dana'), metrics: () => ({ query }) };
    const late = await promoteRollout({ ctx: slow, input: { releaseKey: null, target: 'next' } });
    const message =
      'The rollout changed while its gates were being read. Check its status with "release status web-2.4.0" and try again.';
    expect(inWords(late)).toMatchObject({ refusal: { code: 'conflict', message } });
    expect((await rolloutOf(world, releaseId)).phaseIndex).toBe(1);
  });

  it('carries a release through all phases to its completion', async () => {
    const releaseId = await releaseAtOnePercent(world);
    for (const trafficPercent of [10, 50, 100]) {
      world.clock.moveBy(3 * hour);
      await promoteAndConfirm(world, releaseId);
      expect(world.driver.target.weight).toBe(trafficPercent);
    }
    expect(await rolloutOf(world, releaseId)).toMatchObject({ state: 'completed', trafficPercent: 100 });
    expect(await reasonsOf()).toEqual(['It is already at 100 %.']);
  });
});

describe('a second release on the same target', () => {
  const second = { release: 'web-2.5.0', version: '2.5.0' };
  const promoteSecond = () =>
    promoteRollout({ ctx: world.as('dana'), input: { releaseKey: second.release, target: 'next' } });

  it('waits until the first one has all traffic', async () => {
    const first = await approvedRelease(world);
    await approvedRelease(world, second);
    world.clock.moveTo(goLive);
    await promoteAndConfirm(world, first);
    expect(await promoteSecond()).toMatchObject({
      ok: false,
      refusal: {
        reasons: [
          'web-2.4.0 is being rolled out on the same system. Wait until it has all traffic, or roll it back.',
        ],
      },
    });
    for (let phase = 0; phase < 3; phase += 1) {
      world.clock.moveBy(3 * 3_600_000);
      await promoteAndConfirm(world, first);
    }
    accepted(await promoteSecond());
  });

  it('is refused when both begin at the same moment', async () => {
    await approvedRelease(world);
    await approvedRelease(world, second);
    world.clock.moveTo(goLive);
    const results = await Promise.all([promote(world), promoteSecond()]);
    expect(results.map(({ ok }) => ok).sort()).toEqual([false, true]);
  });
});

describe('a promotion and a rollback at the same moment', () => {
  it('end rolled back, whichever came first', async () => {
    const releaseId = await releaseAtOnePercent(world);
    world.clock.moveBy(hour);
    const input = { releaseKey: 'web-2.4.0', reason: 'Errors at checkout.' };
    const [, rollback] = await Promise.all([
      promote(world),
      rollBackRollout({ ctx: world.as('emil'), input }),
    ]);
    expect(rollback.ok).toBe(true);
    await runOperation(world.jobs, releaseId);
    expect(world.driver.target.weight).toBe(0);
    expect(await rolloutOf(world, releaseId)).toMatchObject({ state: 'rolled_back', trafficPercent: 0 });
    expect((await releaseOf(world, releaseId)).state).toBe('rolled_back');
  });

  it('end rolled back a hundred times out of a hundred', async () => {
    const releaseId = await releaseAtOnePercent(world);
    world.clock.moveBy(hour);
    const input = { releaseKey: 'web-2.4.0', reason: 'Errors at checkout.' };
    const rollBack = () => rollBackRollout({ ctx: world.as('emil'), input });
    for (let round = 0; round < 100; round += 1) {
      // Sometimes one comes first, sometimes the other.
      const asked = round % 2 === 0 ? [promote(world), rollBack()] : [rollBack(), promote(world)];
      const results = await Promise.all(asked);
      expect(results[round % 2 === 0 ? 1 : 0]?.ok).toBe(true);
      await runOperation(world.jobs, releaseId);
      expect(world.driver.target.weight).toBe(0);
      expect(await rolloutOf(world, releaseId)).toMatchObject({ state: 'rolled_back', trafficPercent: 0 });
      await beAtOnePercentAgain(releaseId);
    }
  }, 300_000);
});

/** As if the last operations had never been. */
async function beAtOnePercentAgain(releaseId: string): Promise<void> {
  await world.query(`delete from operations where kind = 'rollback' or state = 'cancelled'`);
  await world.query('delete from product_locks');
  await world.query(`update releases set state = 'in_progress', ended_at = null where id = $1`, [releaseId]);
  await world.query(`update rollouts set state = 'running', traffic_percent = 1 where release_id = $1`, [
    releaseId,
  ]);
  world.driver.target.weight = 1;
}
