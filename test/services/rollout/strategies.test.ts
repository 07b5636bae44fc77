import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { durationMs } from '../../../src/core/calendar/duration.ts';
import { defaultPermissions } from '../../../src/core/permissions/permissions.ts';
import type { PlanInput } from '../../../src/core/plan/plan.ts';
import { RISK_TOLERANCES, type RiskTolerance } from '../../../src/core/plan/planning-arguments.ts';
import { goesOnItself } from '../../../src/core/rollout/goes-on-itself.ts';
import { runOperation } from '../../../src/jobs/operations/run-operation.ts';
import { watchRollouts } from '../../../src/jobs/operations/watch-rollouts.ts';
import { fireDueTimers } from '../../../src/jobs/timers/fire-timers.ts';
import { lockProduct } from '../../../src/services/product-lock/lock-product.ts';
import { unlockProduct } from '../../../src/services/product-lock/unlock-product.ts';
import { pauseRollout, resumeRollout } from '../../../src/services/rollout/pause-rollout.ts';
import { examplePlan } from '../../core/plan/example-plan.ts';
import { goLive, openWorld, personIdOf, reading, type World } from '../../support/test-services.ts';
import {
  accepted,
  approvedRelease,
  outboxOf,
  promote,
  promoteAndConfirm,
  rolloutOf,
  wordsOfLast,
} from '../steps.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const approvedWith = (changes: Partial<PlanInput>) => {
  const { rollout, riskTolerance, type } = examplePlan(changes);
  return approvedRelease(world, { rollout, riskTolerance, type });
};

const strategies = [
  ['canary, staged', { type: 'major', rollout: {} }, [1, 10, 50, 100]],
  ['canary, quick', { rollout: {} }, [5, 25, 50, 100]],
  ['blue-green, gradual', { rollout: { strategy: 'blue-green' } }, [5, 25, 50, 100]],
  ['blue-green, cut-over', { rollout: { preset: 'cut-over' } }, [100]],
  ['rolling', { rollout: { strategy: 'rolling' } }, [25, 50, 75, 100]],
  [
    'rolling, one of three at a time',
    { rollout: { strategy: 'rolling', instances: 3 } },
    [33.33, 66.67, 100],
  ],
  ['feature-toggle', { rollout: { strategy: 'feature-toggle' } }, [1, 10, 25, 50, 100]],
  ['big-bang', { rollout: { strategy: 'big-bang' } }, [100]],
] as const;

describe('a rollout is carried from nothing to everybody, phase by phase', () => {
  it.each(strategies)('%s', async (_, changes, shares) => {
    const releaseId = await approvedWith(changes as Partial<PlanInput>);
    const { phases } = examplePlan(changes as Partial<PlanInput>).rollout;
    world.clock.moveTo(goLive);
    for (const [index, share] of shares.entries()) {
      await promoteAndConfirm(world, releaseId);
      expect(world.driver.target.weight).toBe(share);
      expect(await rolloutOf(world, releaseId)).toMatchObject({ phaseIndex: index, trafficPercent: share });
      world.clock.moveBy(durationMs(phases[index]?.soak ?? 'PT0S'));
    }
    expect(await rolloutOf(world, releaseId)).toMatchObject({ state: 'completed', trafficPercent: 100 });
  });
});

/** Lets a phase soak, and does what is due and what the watch does then. */
async function soak(releaseId: string, ms: number): Promise<void> {
  world.clock.moveBy(ms);
  await fireDueTimers(world.jobs);
  await watchRollouts(world.jobs);
  await watchRollouts(world.jobs);
  await runOperation(world.jobs, releaseId);
}

const twoPeople: readonly RiskTolerance[] = ['low', 'zero-downtime'];

describe.each(RISK_TOLERANCES)('at risk tolerance %s', (riskTolerance) => {
  it.each(strategies)('%s goes on by itself, or waits for its two people', async (_, changes) => {
    const input = { ...changes, riskTolerance } as Partial<PlanInput>;
    const automatic = { ...input, rollout: { ...input.rollout, progress: 'automatic' as const } };
    const { phases } = examplePlan(automatic).rollout;
    // Two people begin it; here one does, as where an organization wants that.
    const releaseId = await approvedWith({
      ...automatic,
      rollout: { ...automatic.rollout, secondPerson: false },
    });
    world.clock.moveTo(goLive);
    await promoteAndConfirm(world, releaseId);
    for (const [index, { trafficPercent }] of phases.entries()) {
      expect(await rolloutOf(world, releaseId)).toMatchObject({ phaseIndex: index, trafficPercent });
      if (trafficPercent < 100) await soak(releaseId, durationMs(phases[index]?.soak ?? 'PT0S'));
    }
    const { operations, state } = await rolloutOf(world, releaseId);
    expect(state).toBe('completed');
    const byItself = operations.filter(({ requestedBy }) => requestedBy === 'system:rollout');
    // So many of the latest operations are at hand.
    expect(byItself).toHaveLength(Math.min(phases.length - 1, 10));
  });

  it('does not go on by itself where a promotion takes a second person', async () => {
    const rollout = { preset: 'quick' as const, progress: 'automatic' as const };
    const plan = examplePlan({ riskTolerance, rollout });
    expect(goesOnItself(plan, defaultPermissions)).toBe(!twoPeople.includes(riskTolerance));
  });
});

describe('going on by itself', () => {
  const begin = async () => {
    const rollout = { preset: 'quick' as const, progress: 'automatic' as const, secondPerson: false };
    const releaseId = await approvedWith({ riskTolerance: 'medium', rollout });
    world.clock.moveTo(goLive);
    await promoteAndConfirm(world, releaseId);
    return releaseId;
  };
  const hour = 3_600_000;

  it('waits while a figure is not known, and goes on once it is', async () => {
    const releaseId = await begin();
    world.readings['error-rate'] = () => ({ kind: 'no-data', reason: 'no answer', source: 'demo' });
    await soak(releaseId, 5 * hour);
    expect(await rolloutOf(world, releaseId)).toMatchObject({ phaseIndex: 0 });
    world.readings['error-rate'] = reading(Number.NaN);
    await soak(releaseId, hour);
    expect(await rolloutOf(world, releaseId)).toMatchObject({ phaseIndex: 0 });
    world.readings['error-rate'] = reading(0.0002, 3);
    await soak(releaseId, hour);
    expect(await rolloutOf(world, releaseId)).toMatchObject({ phaseIndex: 0 });
    world.readings['error-rate'] = reading(0.0002);
    await soak(releaseId, hour);
    expect(await rolloutOf(world, releaseId)).toMatchObject({ phaseIndex: 1, trafficPercent: 25 });
  });

  it('says once in a phase what holds it back, and goes on when that is over', async () => {
    const releaseId = await begin();
    const input = { releaseKey: 'web-2.4.0', reason: 'Wait for the vendor.', ownerId: personIdOf('emil') };
    accepted(await lockProduct({ ctx: world.as('rita'), input }));
    await soak(releaseId, 5 * hour);
    await soak(releaseId, hour);
    expect((await outboxOf(world)).filter((subject) => subject === 'rollout-held-back')).toHaveLength(1);
    expect((await wordsOfLast(world, 'rollout-held-back')).join(' ')).toContain('Wait for the vendor.');
    accepted(await unlockProduct({ ctx: world.as('emil'), input: { releaseKey: null } }));
    await soak(releaseId, hour);
    expect(await rolloutOf(world, releaseId)).toMatchObject({ phaseIndex: 1 });
  });

  it('stays where it is while the rollout is paused', async () => {
    const releaseId = await begin();
    const input = { releaseKey: 'web-2.4.0', reason: 'Wait for the vendor.' };
    accepted(await pauseRollout({ ctx: world.as('dana'), input }));
    await soak(releaseId, 5 * hour);
    expect(await rolloutOf(world, releaseId)).toMatchObject({ phaseIndex: 0 });
    accepted(await resumeRollout({ ctx: world.as('dana'), input: { releaseKey: 'web-2.4.0' } }));
    await soak(releaseId, hour);
    expect(await rolloutOf(world, releaseId)).toMatchObject({ phaseIndex: 1 });
  });
});

it('a batch of a rolling deployment waits for its time, and for health', async () => {
  const releaseId = await approvedWith({ riskTolerance: 'high', rollout: { strategy: 'rolling' } });
  world.clock.moveTo(goLive);
  await promoteAndConfirm(world, releaseId);
  world.clock.moveBy(60_000);
  expect((await promote(world)).ok).toBe(false);
  world.clock.moveBy(60_000);
  world.readings['error-rate'] = reading(0.02);
  expect((await promote(world)).ok).toBe(false);
  world.readings['error-rate'] = reading(0.0002);
  accepted(await promote(world));
});
