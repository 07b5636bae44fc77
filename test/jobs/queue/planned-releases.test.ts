import { afterEach, beforeEach, expect, it } from 'vitest';
import { createWorkNotifier } from '../../../src/jobs/queue/notify-workers.ts';
import type { QueueRequest } from '../../../src/jobs/queue/work-queue.ts';
import { planTimers } from '../../../src/jobs/timers/plan-timers.ts';
import type { Clock } from '../../../src/lib/clock.ts';
import { silentLog } from '../../../src/lib/log.ts';
import { planRelease } from '../../services/steps.ts';
import { openWorld, type World } from '../../support/test-services.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

/** The entries that a queue has of timers once so many releases are planned and the planner has run. */
async function entriesOf(releases: number): Promise<number> {
  for (let number = 1; number <= releases; number += 1)
    await planRelease(world, { release: `web-${number}.0` });
  const now = world.clock.now();
  const clock: Clock = {
    now: () => now,
    wall: () => world.wall.now,
    delayUntil: (instant) => Math.max(0, instant - now),
    instantAfter: (ms) => now + ms,
    onChange: () => () => undefined,
  };
  const entries = new Set<string>();
  const enqueueMany = async (name: string, requests: readonly QueueRequest[]) => {
    if (name === 'timers') for (const { id, delayMs = 0 } of requests) entries.add(`${id} ${delayMs}`);
  };
  const notifier = createWorkNotifier({ queue: { enqueueMany }, clock, log: silentLog });
  // What was said as they were planned, then what the planner says.
  await notifier.notify(world.workItems);
  await planTimers({ ...world.jobs, clock, notifier });
  await new Promise((resolve) => setImmediate(resolve));
  notifier.stop();
  return entries.size;
}

it('planned releases leave nothing in the queue before the horizon, however many there are', async () => {
  expect(await entriesOf(5)).toBe(0);
});

it('what is due at one instant is one entry, however many releases it belongs to', async () => {
  // A quarter of an hour before the first message of each of them.
  world.clock.moveTo('2030-06-04T07:50:00Z');
  expect(await entriesOf(5)).toBe(1);
});
