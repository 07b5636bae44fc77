import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decodeDestination } from '../../../src/core/address/destination.ts';
import { horizonMs } from '../../../src/jobs/queue/notify-workers.ts';
import { sweep } from '../../../src/jobs/sweep.ts';
import { forgetEnqueued, planTimers } from '../../../src/jobs/timers/plan-timers.ts';
import type { Clock } from '../../../src/lib/clock.ts';
import { planRelease, playUntil, withoutReminders } from '../../services/steps.ts';
import { openWorld, type World } from '../../support/test-services.ts';
import { channel, putMessages } from '../outbox.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

/** When the first item is due: T-14 at 10:00 in Amsterdam. */
const first = Date.parse('2030-06-04T08:00:00Z');
/** A clock that runs with the wall's, at the given instant. */
const clockAt = (now: number): Clock => ({
  now: () => now,
  wall: () => world.wall.now,
  delayUntil: (instant) => Math.max(0, instant - now),
  instantAfter: (ms) => now + ms,
  onChange: () => () => undefined,
});
const jobsAt = (now: number) => ({ ...world.jobs, clock: clockAt(now) });
const enqueued = () => world.workItems.flatMap((item) => (item.job === 'timer' ? [item.dueAt] : []));

describe('the planner', () => {
  beforeEach(async () => {
    await planRelease(world);
    await withoutReminders(world);
    world.workItems.length = 0;
  });

  it('puts nothing into the queue that is due after the horizon', async () => {
    expect(await planTimers(jobsAt(first - horizonMs - 1))).toBe(0);
    expect(enqueued()).toEqual([]);
  });

  it('puts what is due within the horizon into it, once', async () => {
    const jobs = jobsAt(first - horizonMs);
    expect(await planTimers(jobs)).toBe(1);
    expect(await planTimers(jobs)).toBe(0);
    expect(enqueued()).toEqual([first]);
  });

  it('puts it in once when two processes plan at the same moment', async () => {
    const jobs = jobsAt(first);
    const found = await Promise.all([planTimers(jobs), planTimers(jobs), planTimers(jobs)]);
    expect(found.reduce((sum, count) => sum + count, 0)).toBe(1);
    expect(enqueued()).toEqual([first]);
  });

  it('puts it in again after the queue was emptied', async () => {
    const jobs = jobsAt(first);
    await planTimers(jobs);
    await forgetEnqueued(jobs);
    expect(await planTimers(jobs)).toBe(1);
    expect(enqueued()).toEqual([first, first]);
  });

  it('puts a timer that was moved in again, under its new revision', async () => {
    const jobs = jobsAt(first);
    await planTimers(jobs);
    await world.query('update timers set revision = revision + 1 where due_at = $1', [new Date(first)]);
    expect(await planTimers(jobs)).toBe(1);
    expect(world.workItems.map((item) => (item.job === 'timer' ? item.revision : 0))).toEqual([1, 2]);
  });

  it('leaves what is done or cancelled alone', async () => {
    await playUntil(world, first);
    await world.query(`update timers set state = 'cancelled' where state = 'pending'`);
    world.workItems.length = 0;
    expect(await planTimers(jobsAt(first + 30 * 86_400_000))).toBe(0);
  });

  it('finds what is overdue, the oldest first', async () => {
    const all = await world.query<{ due_at: Date }>('select due_at from timers order by due_at');
    expect(await planTimers(jobsAt(first + 30 * 86_400_000))).toBe(all.length);
    expect(new Set(enqueued())).toEqual(new Set(all.map((row) => row.due_at.getTime())));
  });
});

describe('the sweep', () => {
  const sweptAfter = async (prepare: () => Promise<unknown>) => {
    await prepare();
    world.workItems.length = 0;
    await sweep(world.jobs);
    return world.workItems;
  };
  const item = { job: 'delivery', destination: decodeDestination(channel) };
  const setRow = (changes: string) => async () => {
    await putMessages(world, ['one']);
    await world.query(`update deliveries set ${changes}`);
  };
  const addCard = (columns: string, values: string) => () =>
    world.query(
      `insert into cards (id, kind, subject_id, destination, ${columns})
       values (gen_random_uuid(), 'poll', 'x', '${channel}', ${values})`,
    );

  it('enqueues nothing where nothing waits', async () => {
    expect(await sweptAfter(async () => undefined)).toEqual([]);
    expect(await sweptAfter(setRow(`state = 'sent'`))).toEqual([]);
    expect(await sweptAfter(setRow(`state = 'failed'`))).toEqual([]);
  });

  it('enqueues a destination once, however much waits for it', async () => {
    expect(await sweptAfter(() => putMessages(world, ['one', 'two', 'three']))).toEqual([item]);
  });

  it('enqueues the destination of a row that a crash left in sending', async () => {
    const left = setRow(`state = 'sending', not_before = '2020-01-01'`);
    expect(await sweptAfter(left)).toEqual([item]);
  });

  it('lets a row wait that is not to be tried yet', async () => {
    expect(await sweptAfter(setRow(`not_before = '2031-01-01T00:01:00Z'`))).toEqual([]);
  });

  it('enqueues the destination of a card that shows an older state', async () => {
    const stale = addCard('message_id, revision, rendered_revision', `'m', 3, 2`);
    expect(await sweptAfter(stale)).toEqual([{ job: 'card', destination: decodeDestination(channel) }]);
  });

  it.each([
    ['shows the present state', 'message_id, revision, rendered_revision', `'m', 2, 2`],
    ['was not posted', 'revision, rendered_revision', '2, 1'],
    ['is to be tried later', 'message_id, revision, not_before', `'m', 2, '2031-01-01T00:01:00Z'`],
  ])('lets a card be that %s', async (_what, columns, values) => {
    expect(await sweptAfter(addCard(columns, values))).toEqual([]);
  });

  it('enqueues an operation that has not ended', async () => {
    const releaseId = await planRelease(world);
    await world.query('delete from deliveries');
    const insert = (ended: string) => () =>
      world.query(
        `insert into operations (id, release_id, target, kind, state, from_percent, to_percent, requested_by,
           requested_by_name, requested_at, requested_wall, finished_at)
         values (gen_random_uuid(), $1, 'demo', 'promote', 'running', 0, 1, '', '', now(), now(), ${ended})`,
        [releaseId],
      );
    expect(await sweptAfter(insert('now()'))).toEqual([]);
    expect(await sweptAfter(insert('null'))).toEqual([{ job: 'operation', releaseId }]);
  });
});
