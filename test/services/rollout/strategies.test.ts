import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { durationMs } from '../../../src/core/calendar/duration.ts';
import type { PlanInput } from '../../../src/core/plan/plan.ts';
import { examplePlan } from '../../core/plan/example-plan.ts';
import { goLive, openWorld, reading, type World } from '../../support/test-services.ts';
import { accepted, approvedRelease, promote, promoteAndConfirm, rolloutOf } from '../steps.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const approvedWith = (changes: Partial<PlanInput>) => {
  const { rollout, riskTolerance, type } = examplePlan(changes);
  return approvedRelease(world, { rollout, riskTolerance, type });
};

describe('a rollout is carried from nothing to everybody, phase by phase', () => {
  it.each([
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
  ] as const)('%s', async (_, changes, shares) => {
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
