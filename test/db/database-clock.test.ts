import { afterEach, beforeEach, expect, it } from 'vitest';
import { decodeDestination } from '../../src/core/address/destination.ts';
import { createDatabaseClock, type DatabaseClock } from '../../src/db/database-clock.ts';
import { claimDelivery } from '../../src/jobs/outbox/claim-delivery.ts';
import type { Log } from '../../src/lib/log.ts';
import type { MessageChannel } from '../../src/services/ports/message-channel.ts';
import { channel, deliveries, drain, overChannel, putMessages } from '../jobs/outbox.ts';
import { tapDatabase } from '../support/tap-database.ts';
import { openWorld, type World } from '../support/test-services.ts';

const hour = 3_600_000;

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

/** A process whose machine is `offBy` ms ahead, and what it has said. */
function processOn(machine: { offBy: number }): { clock: DatabaseClock; warnings: string[] } {
  const warnings: string[] = [];
  const log: Log = {
    info: () => undefined,
    warn: (_details, message) => void warnings.push(message),
    error: () => undefined,
  };
  const clock = createDatabaseClock(log, { machine: () => Date.now() + machine.offBy });
  return { clock, warnings };
}

it('shows the time of the database, whatever the machine says', async () => {
  const { clock } = processOn({ offBy: hour });
  await clock.synchronize(world.services.db);
  const [row] = await world.query<{ at: Date }>('select clock_timestamp() as at');
  expect(Math.abs(clock.wall() - (row?.at.getTime() ?? 0))).toBeLessThan(1_000);
  expect(clock.delayUntil(clock.now() + 60_000)).toBeGreaterThan(59_000);
});

it('asks until it is told soon enough at the first time, and goes on from its last reading later', async () => {
  const machine = { offBy: hour };
  const warnings: string[] = [];
  let steadyMs = 0;
  const clock = createDatabaseClock(
    {
      info: () => undefined,
      warn: (_details, message) => void warnings.push(message),
      error: () => undefined,
    },
    { machine: () => Date.now() + machine.offBy, steady: () => steadyMs },
  );
  let slow = 2;
  const stalling = tapDatabase(world.services.db, async (_, run) => {
    if (slow-- > 0) steadyMs += 1_500;
    return run();
  });
  await clock.synchronize(stalling);
  const asking = expect.stringContaining('the database took too long to tell its time');
  expect(warnings.slice(0, 2)).toEqual([asking, asking]);
  expect(Math.abs(clock.wall() - Date.now())).toBeLessThan(10_000);
  slow = 1;
  await clock.synchronize(stalling);
  expect(slow).toBe(0);
});

it('tells a skew once, and again when it comes back', async () => {
  const machine = { offBy: 90_000 };
  const { clock, warnings } = processOn(machine);
  const skew = expect.stringContaining("90 s ahead of the database's");
  for (let times = 0; times < 3; times++) await clock.synchronize(world.services.db);
  expect(warnings).toEqual([skew]);
  machine.offBy = 0;
  await clock.synchronize(world.services.db);
  expect(warnings.splice(0)).toEqual([skew, 'the clock of this machine was set back by 90 s']);
  machine.offBy = 90_000;
  for (let times = 0; times < 3; times++) await clock.synchronize(world.services.db);
  expect(warnings).toEqual(['the clock of this machine was set forward by 90 s', skew]);
});

it('does not follow a machine whose clock is set, and says that it was', async () => {
  const machine = { offBy: 0 };
  const { clock, warnings } = processOn(machine);
  await clock.synchronize(world.services.db);
  const before = clock.wall();
  let changes = 0;
  clock.onChange(() => {
    changes += 1;
  });
  machine.offBy = -hour;
  expect(clock.wall() - before).toBeGreaterThanOrEqual(0);
  for (let times = 0; times < 3; times++) await clock.synchronize(world.services.db);
  expect(clock.wall() - before).toBeGreaterThanOrEqual(0);
  expect(warnings).toEqual([
    'the clock of this machine was set back by 3600 s',
    expect.stringContaining("3600 s behind the database's"),
  ]);
  expect(changes).toBe(0);
});

it('follows a database whose clock is set, says so, and has waits computed anew', async () => {
  const { clock, warnings } = processOn({ offBy: 0 });
  const { db } = world.services;
  await clock.synchronize(db);
  const before = clock.wall();
  const changes: number[] = [];
  clock.onChange(() => changes.push(clock.wall()));
  const behind = tapDatabase(db, async (_, run) => {
    const read = await run();
    return { ...read, rows: read.rows.map(({ at }) => ({ at: Number(at) - hour })) };
  });
  await clock.synchronize(behind);
  expect(before - clock.wall()).toBeGreaterThan(hour - 10_000);
  expect(changes).toHaveLength(1);
  expect(warnings[0]).toContain('the clock of the database was set back by 3600 s');
});

it('keeps two processes a minute apart from posting one message twice', async () => {
  const [early, late] = [processOn({ offBy: -30_000 }).clock, processOn({ offBy: 30_000 }).clock];
  for (const clock of [early, late]) await clock.synchronize(world.services.db);
  await putMessages(world, ['one']);
  const destination = decodeDestination(channel);
  const other = { ...world.jobs, clock: late };
  // While the first one posts, the queue gives the same work to the second.
  const slow: MessageChannel = {
    ...world.platform,
    post: async (message) => {
      expect(await claimDelivery(other, destination)).toBeNull();
      return world.platform.post(message);
    },
  };
  await drain({ ...overChannel(world.jobs, slow), clock: early });
  expect(world.platform.shown(channel)).toEqual(['one']);
  expect(await deliveries(world)).toMatchObject([{ state: 'sent', attempts: 1 }]);
});
