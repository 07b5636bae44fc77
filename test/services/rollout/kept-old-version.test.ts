import { afterEach, beforeEach, expect, it } from 'vitest';
import { DriverError } from '../../../src/services/ports/deployment-driver.ts';
import { findOldVersion } from '../../../src/services/rollout/kept-old-version.ts';
import { openWorld, type World } from '../../support/test-services.ts';
import { planRelease, releaseOf } from '../steps.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const second = 1_000;

/** A target whose readings the test answers; how many are under way, and were. */
function slowly() {
  const { observe } = world.driver;
  const waiting: (() => void)[] = [];
  const readings = { begun: 0 };
  world.driver.observe = async (call) => {
    readings.begun += 1;
    await new Promise<void>((resolve) => waiting.push(resolve));
    return observe(call);
  };
  const answer = () => {
    for (const resolve of waiting.splice(0)) resolve();
  };
  return { readings, answer };
}

it('waits for the first reading alone, and has one under way at a time', async () => {
  const release = await releaseOf(world, await planRelease(world));
  const { readings, answer } = slowly();
  const first = [findOldVersion(world.services, release), findOldVersion(world.services, release)];
  expect(readings.begun).toBe(1);
  answer();
  expect(await Promise.all(first)).toEqual(['2.3.9', '2.3.9']);
  world.wall.now += 20 * second;
  // The target is read anew, and what was seen counts meanwhile.
  expect(await findOldVersion(world.services, release)).toBe('2.3.9');
  expect(await findOldVersion(world.services, release)).toBe('2.3.9');
  expect(readings.begun).toBe(2);
  answer();
});

it('knows no more once what it has seen is five minutes old', async () => {
  const release = await releaseOf(world, await planRelease(world));
  expect(await findOldVersion(world.services, release)).toBe('2.3.9');
  world.driver.behaviour = 'unreachable';
  world.wall.now += 4 * 60 * second;
  expect(await findOldVersion(world.services, release)).toBe('2.3.9');
  world.wall.now += 2 * 60 * second;
  await expect(findOldVersion(world.services, release)).rejects.toThrow(DriverError);
});

it('is nothing where the stable version is the one that is rolled out', async () => {
  const release = await releaseOf(world, await planRelease(world));
  world.driver.target.stableVersion = '2.4.0';
  expect(await findOldVersion(world.services, release)).toBeNull();
});
