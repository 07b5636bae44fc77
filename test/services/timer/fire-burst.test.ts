import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fireDueTimers } from '../../../src/jobs/timers/fire-timers.ts';
import { openWorld, type World } from '../../support/test-services.ts';
import { outboxOf, planRelease } from '../steps.ts';

/** One more than go in the first three transactions: 32, 64 and 64. */
const releases = 161;

let world: World;
beforeEach(async () => {
  world = await openWorld();
  const numbers = Array.from({ length: releases }, (_, index) => index + 1);
  await Promise.all(numbers.map((number) => planRelease(world, { release: `web-${number}.0` })));
  // The first item of each is due: T-14 at 10:00 in Amsterdam.
  world.clock.moveTo('2030-06-04T08:00:00Z');
});
afterEach(() => world.close());

const fired = async () => (await outboxOf(world)).filter((subject) => subject === 'readiness-review').length;

it('of messages goes on when few of them wait to be posted', async () => {
  // What was posted before, by the one look after each of the first two transactions, and by those after the third.
  const posted = [7, 7, 7, 7, 66, 67];
  let looks = 0;
  const sleep = async () => void looks++;
  await fireDueTimers({ ...world.jobs, sleep }, { posted: () => posted.shift() ?? 0 });
  expect(posted).toEqual([]);
  expect(looks).toBe(5);
  expect(await fired()).toBe(releases);
});

it('of messages goes on after a while though none is posted', async () => {
  await fireDueTimers({ ...world.jobs, sleep: (ms) => pause(ms) }, { posted: () => 0 });
  expect(await fired()).toBe(releases);
});

it('of messages begins small, and does not go on while the process stops', async () => {
  const stopping = new AbortController();
  const sleep = async () => stopping.abort();
  await fireDueTimers({ ...world.jobs, sleep, stopping: stopping.signal }, { posted: () => 0 });
  expect(await fired()).toBe(32);
});
