import { afterEach, beforeEach, expect, it } from 'vitest';
import { episodeEndsAfterMs } from '../../../src/core/rollout/watch-episode.ts';
import { watchRollouts } from '../../../src/jobs/operations/watch-rollouts.ts';
import { openWorld, personIdOf, reading, type World } from '../../support/test-services.ts';
import { outboxOf, playUntil, releaseAtOnePercent, wordsOfLast } from '../steps.ts';
import { withoutDriver } from '../without-driver.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

/** The first soak of the example takes an hour. */
const soakIsOver = () => playUntil(world, world.clock.now() + 3_600_000);
const told = async () => (await outboxOf(world)).filter((subject) => subject.startsWith('rollout.'));

it('says that a soak is over with the verdict, once', async () => {
  await releaseAtOnePercent(world);
  await soakIsOver();
  expect(await told()).toEqual([]);
  await watchRollouts(world.jobs);
  await soakIsOver();
  await watchRollouts(world.jobs);
  expect(await told()).toEqual(['rollout.ready']);
  expect(await wordsOfLast(world, 'rollout.ready')).toEqual([
    'web-2.4.0: the soak at 1 % is over. Ready for 10 %',
    'web-2.4.0: the soak at 1 % is over. Error rate 0.02 %, Response time (95th percentile) 80 ms.',
    'Ready, @dana: promote to 10 %.',
    '[Promote to 10 %]',
  ]);
});

it('says that it is blocked while a gate fails, and then that it is ready', async () => {
  await releaseAtOnePercent(world);
  world.readings['error-rate'] = reading(0.3);
  await watchRollouts(world.jobs);
  await soakIsOver();
  for (const _ of [1, 2]) await watchRollouts(world.jobs);
  expect(await told()).toEqual(['rollout.blocked']);
  expect(await wordsOfLast(world, 'rollout.blocked')).toEqual([
    'web-2.4.0: the soak at 1 % is over. Blocked',
    'web-2.4.0: the soak at 1 % is over. 10 % is blocked:',
    '- Error rate 30.00 %, must be below 0.1 %',
    "@dana: fix this or roll back. I'll say here when it's ready to promote.",
    '[Roll back…]',
  ]);
  world.readings['error-rate'] = reading(0);
  await watchRollouts(world.jobs);
  world.wall.now += episodeEndsAfterMs;
  await watchRollouts(world.jobs);
  expect(await told()).toEqual(['rollout.blocked', 'rollout.ready']);
});

it('waits with the verdict while the release is paused or an operation is under way', async () => {
  const releaseId = await releaseAtOnePercent(world);
  await soakIsOver();
  await world.query('update releases set paused_at = now() where id = $1', [releaseId]);
  await watchRollouts(world.jobs);
  expect(await told()).toEqual([]);
  await world.query('update releases set paused_at = null where id = $1', [releaseId]);
  await watchRollouts(world.jobs);
  expect(await told()).toEqual(['rollout.ready']);
});

it('is ready at once in a phase without gates', async () => {
  const { phases } = world.plan.rollout;
  const [first, ...others] = phases;
  if (!first) throw new Error('the example has no phases');
  world.plan.rollout.phases = [{ ...first, criteria: [] }, ...others];
  await releaseAtOnePercent(world);
  await soakIsOver();
  expect(await told()).toEqual(['rollout.ready']);
});

it('asks the release manager when the DevOps lead cannot be reached', async () => {
  await releaseAtOnePercent(world);
  await world.query('update identities set unreachable_since = now() where person_id = $1', [
    personIdOf('dana'),
  ]);
  await soakIsOver();
  await watchRollouts(world.jobs);
  expect(await wordsOfLast(world, 'rollout.ready')).toContain('Ready, @rita: promote to 10 %.');
});

it('says nothing when the driver was removed meanwhile, so that nothing can be promoted', async () => {
  await releaseAtOnePercent(world);
  await playUntil(withoutDriver(world), world.clock.now() + 3_600_000);
  await watchRollouts(withoutDriver(world).jobs);
  expect(await told()).toEqual([]);
});

it('says nothing of a phase when the traffic percent is not known any more', async () => {
  const releaseId = await releaseAtOnePercent(world);
  await world.query(`update operations set observed_percent = null, state = 'failed' where release_id = $1`, [
    releaseId,
  ]);
  await soakIsOver();
  await watchRollouts(world.jobs);
  expect(await told()).toEqual([]);
});
