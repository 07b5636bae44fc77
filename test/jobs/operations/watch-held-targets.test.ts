import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHeldTargetsWatch, watchHeldTargets } from '../../../src/jobs/operations/watch-held-targets.ts';
import { rollBackRollout } from '../../../src/services/rollout/roll-back-rollout.ts';
import {
  accepted,
  auditOf,
  outboxOf,
  releaseAtOnePercent,
  rolloutOf,
  runToTheEnd,
} from '../../services/steps.ts';
import { openWorld, type World } from '../../support/test-services.ts';

const hour = 3_600_000;
let world: World;
let releaseId: string;
beforeEach(async () => {
  world = await openWorld();
  releaseId = await releaseAtOnePercent(world);
  world.wall.now += hour;
});
afterEach(() => world.close());

const rollBack = () =>
  rollBackRollout({ ctx: world.as('emil'), input: { releaseKey: null, reason: 'Errors at checkout.' } });
const said = async (subject: string) => (await outboxOf(world)).filter((each) => each === subject).length;
const notices = () =>
  world.query<{ destination: string }>(`select destination from deliveries where subject = 'target-changed'`);

describe('a target that was changed by hand', () => {
  it('while its rollout is running, is recorded and announced, and the release manager hears once', async () => {
    world.driver.target.weight = 30;
    await watchHeldTargets(world.jobs);
    await watchHeldTargets(world.jobs);
    expect(await rolloutOf(world, releaseId)).toMatchObject({ state: 'running', trafficPercent: 30 });
    expect(await said('traffic-read')).toBe(1);
    expect(await notices()).toEqual([{ destination: 'slack:person:U0RITA' }]);
    expect((await auditOf(world, releaseId)).at(-1)).toMatchObject({
      action: 'rollout.traffic-read',
      details: { announced: 1, observedPercent: 30 },
    });
  });

  it('is told again when it is changed again, back too', async () => {
    for (const weight of [30, 1]) {
      world.driver.target.weight = weight;
      await watchHeldTargets(world.jobs);
    }
    expect(await rolloutOf(world, releaseId)).toMatchObject({ trafficPercent: 1 });
    expect(await said('target-changed')).toBe(2);
  });

  it('to another version, has no traffic on the one that is rolled out', async () => {
    Object.assign(world.driver.target, { weight: 5, candidateVersion: '2.5.0' });
    await watchHeldTargets(world.jobs);
    expect(await rolloutOf(world, releaseId)).toMatchObject({ trafficPercent: 0 });
    expect(await said('target-changed')).toBe(1);
  });

  it('is found by several processes at the same moment, and told once', async () => {
    world.driver.target.weight = 30;
    await Promise.all([watchHeldTargets(world.jobs), watchHeldTargets(world.jobs)]);
    expect(await said('target-changed')).toBe(1);
  });

  it('after its rollout was completed, is told; but not when the next version has come', async () => {
    await world.query(`update rollouts set state = 'completed', traffic_percent = 100`);
    await world.query('update operations set observed_percent = 100, to_percent = 100');
    world.driver.target.weight = 100;
    await watchHeldTargets(world.jobs);
    expect(await said('target-changed')).toBe(0);
    world.driver.target.weight = 60;
    await watchHeldTargets(world.jobs);
    expect(await rolloutOf(world, releaseId)).toMatchObject({ state: 'completed', trafficPercent: 60 });
    Object.assign(world.driver.target, { weight: 5, candidateVersion: '2.5.0', stableVersion: '2.4.0' });
    await watchHeldTargets(world.jobs);
    expect(await said('target-changed')).toBe(1);
  });

  it('long after a rollback, as by a command that came very late, is told and not rolled back again', async () => {
    accepted(await rollBack());
    await runToTheEnd(world, releaseId);
    world.wall.now += hour;
    world.driver.target.weight = 10;
    await watchHeldTargets(world.jobs);
    const { operations, trafficPercent } = await rolloutOf(world, releaseId);
    expect(operations).toHaveLength(2);
    expect(trafficPercent).toBe(10);
    expect(await said('target-changed')).toBe(1);
  });
});

describe('nothing is told', () => {
  it.each([
    ['of a target that is as it was announced', () => undefined],
    ['of a target that can not be read', () => Object.assign(world.driver, { behaviour: 'unreachable' })],
    [
      'of a weight that is on its way to another',
      () => Object.assign(world.driver.target, { weight: 30, status: { kind: 'progressing' } }),
    ],
    [
      'of a weight within what the target can not do better',
      () => {
        Object.assign(world.driver, { weightTolerance: 0.2 });
        world.driver.target.weight = 1.17;
      },
    ],
  ])('%s', async (_, change) => {
    change();
    await watchHeldTargets(world.jobs);
    expect(await said('traffic-read')).toBe(0);
    expect(await rolloutOf(world, releaseId)).toMatchObject({ trafficPercent: 1 });
  });

  it('while an operation is under way', async () => {
    accepted(await rollBack());
    world.driver.target.weight = 30;
    await watchHeldTargets(world.jobs);
    expect(await said('traffic-read')).toBe(0);
  });
});

it('reads each target once a minute, however often it is asked', async () => {
  let reads = 0;
  const driver = {
    ...world.driver,
    observe: async (call: Parameters<typeof world.driver.observe>[0]) => {
      reads += 1;
      return world.driver.observe(call);
    },
  };
  const jobs = { ...world.jobs, driver: () => driver };
  const watch = createHeldTargetsWatch();
  await watch(jobs);
  expect(reads).toBe(0);
  world.wall.now += 60_000;
  await watch(jobs);
  await watch(jobs);
  expect(reads).toBe(1);
  world.wall.now += 59_999;
  await watch(jobs);
  expect(reads).toBe(1);
  world.wall.now += 1;
  await watch(jobs);
  expect(reads).toBe(2);
  // A clock that was set back holds nothing up.
  world.wall.now -= hour;
  await watch(jobs);
  expect(reads).toBe(3);
});
