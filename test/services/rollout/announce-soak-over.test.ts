import { afterEach, beforeEach, expect, it } from 'vitest';
import { openWorld, type World } from '../../support/test-services.ts';
import { outboxOf, playUntil, releaseAtOnePercent } from '../steps.ts';
import { withoutDriver } from '../without-driver.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

/** The first soak of the example takes an hour. */
const soakIsOver = () => playUntil(world, world.clock.now() + 3_600_000);

it('says that a soak is over, once', async () => {
  await releaseAtOnePercent(world);
  await soakIsOver();
  await soakIsOver();
  expect((await outboxOf(world)).filter((subject) => subject === 'soak-over')).toHaveLength(1);
});

it('says nothing when the driver was removed meanwhile, so that nothing can be promoted', async () => {
  await releaseAtOnePercent(world);
  await playUntil(withoutDriver(world), world.clock.now() + 3_600_000);
  expect(await outboxOf(world)).not.toContain('soak-over');
});

it('says nothing of a phase when the traffic percent is not known any more', async () => {
  const releaseId = await releaseAtOnePercent(world);
  await world.query(`update operations set observed_percent = null, state = 'failed' where release_id = $1`, [
    releaseId,
  ]);
  await soakIsOver();
  expect(await outboxOf(world)).not.toContain('soak-over');
});
