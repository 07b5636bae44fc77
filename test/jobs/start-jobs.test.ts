import { afterEach, beforeEach, expect, it } from 'vitest';
import type { WorkQueue } from '../../src/jobs/queue/work-queue.ts';
import { type RunningJobs, startJobs } from '../../src/jobs/start-jobs.ts';
import { planRelease, rolloutOf } from '../services/steps.ts';
import { eventually } from '../support/eventually.ts';
import { openWorld, reading, type World } from '../support/test-services.ts';
import { callsOf, deliveries, overChannel, putMessages } from './outbox.ts';

/** It takes every job and hands out none. */
const deadQueue: WorkQueue = {
  kind: 'redis',
  enqueue: async () => undefined,
  enqueueMany: async () => undefined,
  every: async () => undefined,
  startWorker: async () => ({ close: async () => undefined }),
  sentinelLost: async () => false,
  close: async () => undefined,
};
const stalledAfterMs = 15_000;

let world: World;
let running: RunningJobs;
/** Lets go of what hangs outside. */
let answer = () => {};
beforeEach(async () => {
  world = await openWorld();
});
afterEach(async () => {
  answer();
  await running.stop();
  await world.close();
});

/** Has the planner look again, so many milliseconds of the machine's clock later. */
function lookAfter(ms: number): void {
  world.wall.now += ms;
  world.clock.moveTo(world.clock.now());
}

it('sends what the queue brings to nobody, once, after a while', async () => {
  await putMessages(world, ['one', 'two']);
  running = await startJobs(deadQueue, world.jobs, { stalledAfterMs });
  lookAfter(stalledAfterMs - 1);
  await eventually(() => expect(timesLooked()).toBeGreaterThanOrEqual(2));
  expect(callsOf(world, 'post')).toEqual([]);

  lookAfter(1);
  await eventually(async () => {
    expect((await deliveries(world)).map(({ state }) => state)).toEqual(['sent', 'sent']);
  });
  lookAfter(stalledAfterMs);
  await running.stop();
  expect(callsOf(world, 'post').map(({ text }) => text)).toEqual(['one', 'two']);
});

/** Each look enqueues what it finds. */
function timesLooked(): number {
  return world.workItems.filter(({ job }) => job === 'delivery').length;
}

it('does not take over what moves', async () => {
  await putMessages(world, ['one']);
  running = await startJobs(deadQueue, world.jobs, { stalledAfterMs });
  for (let times = 0; times < 3; times++) {
    await world.query('update deliveries set attempts = attempts + 1');
    const before = timesLooked();
    lookAfter(stalledAfterMs);
    await eventually(() => expect(timesLooked()).toBeGreaterThan(before));
  }
  await world.query('update deliveries set attempts = attempts + 1');
  await running.stop();
  expect(callsOf(world, 'post')).toEqual([]);
});

it('does not take over what waits for its pace', async () => {
  await putMessages(world, ['held']);
  await world.query(
    `insert into paces (kind, destination, next_at) select 'post', destination, $1 from deliveries`,
    [new Date(world.wall.now + 60_000)],
  );
  const slow = { ...world.platform, pace: { ...world.platform.pace, postIntervalMs: 60_000 } };
  running = await startJobs(deadQueue, overChannel(world.jobs, slow), { stalledAfterMs });
  lookAfter(stalledAfterMs);
  lookAfter(stalledAfterMs);
  await running.stop();
  expect(world.workItems).toEqual([]);
  expect(callsOf(world, 'post')).toEqual([]);
});

it('leaves a message alone that waits for its next attempt, however long it has been waiting', async () => {
  await putMessages(world, ['held up', 'behind it']);
  await world.query(
    `update deliveries set state = 'sending', attempts = 900, failing_since = $1, not_before = $2
      where subject = 'held up'`,
    [new Date(world.wall.now - 80_000_000), new Date(world.wall.now + 60_000)],
  );
  running = await startJobs(deadQueue, world.jobs, { stalledAfterMs });
  lookAfter(stalledAfterMs);
  lookAfter(stalledAfterMs);
  await running.stop();
  expect(world.workItems).toEqual([]);
  expect(world.platform.calls).toEqual([]);
});

it('reads the gates of one rollout while the target of another hangs', async () => {
  const rolledBack = await planRelease(world);
  const rollingOut = await planRelease(world, { release: 'web-2.5.0', version: '2.5.0' });
  await world.query(`update rollouts set state = 'running', phase_index = 0 where release_id = $1`, [
    rollingOut,
  ]);
  await world.query(`update rollouts set state = 'rolled_back' where release_id = $1`, [rolledBack]);
  await world.query(
    `insert into operations (id, release_id, target, kind, state, from_percent, to_percent, requested_by, requested_by_name,
       requested_at, requested_wall, finished_at, finished_wall)
     values ($1, $2, 'demo', 'rollback', 'succeeded', 1, 0, 'slack:U0EMIL', 'emil', $3, $4, $3, $4)`,
    [world.services.newId(), rolledBack, new Date(world.clock.now()), new Date(world.wall.now)],
  );
  const gate = async () => (await rolloutOf(world, rollingOut)).gates[0]?.state;
  const { observe } = world.driver;
  let asked = 0;
  const answered = new Promise<void>((letGo) => {
    world.driver.observe = (call) => {
      // The other one is read for its rollback rules, and hangs as well.
      if (call.target.version === '2.4.0') asked += 1;
      return answered.then(() => observe(call));
    };
    answer = letGo;
  });
  running = await startJobs(deadQueue, world.jobs);
  await eventually(async () => expect(await gate()).toBe('pass'));
  await eventually(() => expect(asked).toBe(1));
  world.readings['error-rate'] = reading(0.3);
  lookAfter(1);
  await eventually(async () => expect(await gate()).toBe('fail'));
});

it('looks again after a look that failed, at the start as well', async () => {
  let isAway = true;
  const failures: unknown[] = [];
  const queue: WorkQueue = {
    ...deadQueue,
    sentinelLost: async () => {
      if (isAway) throw new Error('away');
      return false;
    },
  };
  const log = {
    ...world.jobs.log,
    error: (details: { error?: unknown }) => void failures.push(details.error),
  };
  running = await startJobs(queue, { ...world.jobs, log }, { stalledAfterMs });
  expect(failures).toEqual([new Error('away')]);
  // Nobody but the log hears of it: a rejection that is left alone ends the process.
  lookAfter(1);
  await eventually(() => expect(failures).toHaveLength(2));
  isAway = false;
  await putMessages(world, ['one']);
  const before = timesLooked();
  lookAfter(1);
  await eventually(() => expect(timesLooked()).toBeGreaterThan(before));
});
