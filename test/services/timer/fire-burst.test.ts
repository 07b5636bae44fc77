import { afterEach, beforeEach, expect, it } from 'vitest';
import { fireDueTimers } from '../../../src/jobs/fire-timers.ts';
import { openWorld, type World } from '../../support/test-services.ts';
import { outboxOf, planRelease } from '../steps.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
  for (let number = 1; number <= 20; number++) await planRelease(world, { release: `web-${number}.0` });
  // The first item of each is due: T-14 at 10:00 in Amsterdam.
  world.clock.moveTo('2030-06-04T08:00:00Z');
});
afterEach(() => world.close());

const fired = async () => (await outboxOf(world)).filter((subject) => subject === 'readiness-review').length;

it('of messages goes on when few drains are left', async () => {
  const drains = [50, 21, 20];
  let looks = 0;
  const sleep = async () => void looks++;
  await fireDueTimers({ ...world.jobs, sleep }, { runningDrains: () => drains.shift() ?? 0 });
  expect(looks).toBe(3);
  expect(drains).toEqual([]);
  expect(await fired()).toBe(20);
});

it('of messages goes on after a while though no drain ends', async () => {
  await fireDueTimers(world.jobs, { runningDrains: () => 50 });
  expect(await fired()).toBe(20);
});

it('of messages begins small, and does not go on while the process stops', async () => {
  const stopping = new AbortController();
  const sleep = async () => stopping.abort();
  await fireDueTimers({ ...world.jobs, sleep, stopping: stopping.signal }, { runningDrains: () => 50 });
  expect(await fired()).toBe(16);
});
