import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decodeDestination } from '../../../src/core/address/destination.ts';
import { noteProcess } from '../../../src/db/note-process.ts';
import type { JobServices } from '../../../src/jobs/job-services.ts';
import { claimDelivery } from '../../../src/jobs/outbox/claim-delivery.ts';
import { sweep } from '../../../src/jobs/sweep.ts';
import { openWorld, type World } from '../../support/test-services.ts';
import { callsOf, channel, deliveries, drain, drainToTheEnd, overChannel, putMessages } from '../outbox.ts';

const otherId = '00000000-0000-4000-a000-000000000002';
const destination = decodeDestination(channel);

let world: World;
/** Another process than that of the world's own jobs. */
let other: JobServices;
beforeEach(async () => {
  world = await openWorld();
  other = { ...world.jobs, processId: otherId, heldDeliveries: new Set() };
});
afterEach(() => world.close());

/** The message is in the channel, as the process that was killed has posted it. */
const arrive = (deliveryId: string) =>
  world.platform.post({ destination, card: { summary: 'one', blocks: [] }, deliveryId });
const claim = async (jobs: JobServices) => {
  const claimed = await claimDelivery(jobs, destination);
  expect(claimed).not.toBeNull();
};
const isFound = async () => (await sweep(world.jobs)).some(({ id }) => id === channel);

describe('a claim of a process that is not seen any more', () => {
  let id: string;
  beforeEach(async () => {
    [id = ''] = await putMessages(world, ['one', 'two']);
    await claim(other);
    world.wall.now += 6_000;
  });

  it('is taken over after six seconds: what has arrived is not posted again', async () => {
    await arrive(id);
    expect(await isFound()).toBe(true);
    expect(await drain(world.jobs)).toBeNull();
    expect(world.platform.shown(channel)).toEqual(['one', 'two']);
    expect(await deliveries(world)).toMatchObject([{ state: 'sent', attempts: 2 }, { state: 'sent' }]);
  });

  it('is looked up again when its request must be over, and only then posted', async () => {
    expect(await drain(world.jobs)).toBeNull();
    expect(world.platform.shown(channel)).toEqual(['one', 'two']);
    expect(callsOf(world, 'find')).toEqual([
      { after: 0, text: id },
      { after: 5_000, text: id },
    ]);
  });

  it('is found by the second look-up when it arrives in between', async () => {
    const jobs = {
      ...world.jobs,
      sleep: async (ms: number) => {
        if (world.platform.messages.length === 0) await arrive(id);
        await world.jobs.sleep(ms);
      },
    };
    expect(await drain(jobs)).toBeNull();
    expect(world.platform.shown(channel)).toEqual(['one', 'two']);
  });
});

describe('is left alone', () => {
  beforeEach(() => putMessages(world, ['one']));

  it('a claim of a process that is seen, until its lease is over', async () => {
    await noteProcess(world.services.db, otherId);
    await claim(other);
    world.wall.now += 20_000;
    expect(await isFound()).toBe(false);
    expect(await drain(world.jobs)).toBe(5_000);
    world.wall.now += 5_000;
    expect(await isFound()).toBe(true);
    expect(await drain(world.jobs)).toBeNull();
    expect(world.platform.shown(channel)).toEqual(['one']);
  });

  it('a claim of the last seconds, whoever was seen', async () => {
    await claim(other);
    world.wall.now += 5_000;
    expect(await isFound()).toBe(false);
    expect(await claimDelivery(world.jobs, destination)).toBeNull();
  });

  it('what waits after an attempt of which the end is not known, though its process ended', async () => {
    world.platform.failPosts(channel, { result: 'unknown', detail: 'no answer' });
    expect(await drain(other)).toBe(world.jobs.settings.claimLeaseMs);
    world.wall.now += 10_000;
    expect(await isFound()).toBe(false);
    expect(await claimDelivery(world.jobs, destination)).toBeNull();
  });

  it('what this process is sending', async () => {
    await claim(world.jobs);
    const [held] = await world.query<{ id: string }>('select id from deliveries');
    world.jobs.heldDeliveries.add(held?.id ?? '');
    world.wall.now += 10_000;
    expect(await isFound()).toBe(false);
    expect(await claimDelivery(world.jobs, destination)).toBeNull();
  });
});

it('a claim of which its own process never heard is taken up again', async () => {
  await putMessages(world, ['one']);
  await claim(world.jobs);
  world.wall.now += 6_000;
  expect(await isFound()).toBe(true);
  expect(await drain(world.jobs)).toBeNull();
  expect(world.platform.shown(channel)).toEqual(['one']);
});

describe('a process that stood still while it was sending', () => {
  it('posts nothing when another one has taken the message over meanwhile', async () => {
    await world.query(
      `insert into cards (id, kind, subject_id, destination)
        values ('00000000-0000-4000-b000-000000000001', 'poll', 'subject', $1)`,
      [channel],
    );
    await world.query(
      `insert into deliveries (id, destination, subject, card_id, created_at) values
        ('00000000-0000-4000-b000-000000000002', $1, 'card', '00000000-0000-4000-b000-000000000001', now())`,
      [channel],
    );
    const drawn = { summary: 'state', blocks: [] };
    const taking: JobServices = { ...world.jobs, renderLiveCard: async () => drawn };
    const still: JobServices = {
      ...other,
      renderLiveCard: async () => {
        world.wall.now += 6_000;
        await drain(taking);
        return drawn;
      },
    };
    await drain(still);
    expect(callsOf(world, 'post')).toHaveLength(1);
    expect(await deliveries(world)).toMatchObject([{ state: 'sent', attempts: 2 }]);
  });

  it('posts nothing when it stood still while the channel asked for something first', async () => {
    await putMessages(world, ['one']);
    const slow = {
      ...world.platform,
      post: async (message: Parameters<typeof world.platform.post>[0]) => {
        world.wall.now += 6_000;
        await drain(world.jobs);
        return (await message.isStillOurs?.())
          ? world.platform.post(message)
          : { result: 'not-sent' as const, detail: 'taken over' };
      },
    };
    await drain(overChannel(other, slow));
    expect(callsOf(world, 'post')).toHaveLength(1);
    expect(await deliveries(world)).toMatchObject([{ state: 'sent', attempts: 2 }]);
  });

  it('goes on with a message that is still its own', async () => {
    await putMessages(world, ['one']);
    const slow = {
      ...world.platform,
      post: async (message: Parameters<typeof world.platform.post>[0]) => {
        world.wall.now += 20_000;
        expect(await message.isStillOurs?.()).toBe(true);
        expect(await claimDelivery(world.jobs, destination)).toBeNull();
        return world.platform.post(message);
      },
    };
    await drain(overChannel(other, slow));
    expect(world.platform.shown(channel)).toEqual(['one']);
  });
});

describe('an attempt that fails in a living process', () => {
  const refuse = (what: string) =>
    world.query(
      `create function refuse() returns trigger language plpgsql as $$ begin raise exception 'refused'; end $$;
      create trigger refused before update on deliveries for each row when (${what}) execute function refuse()`,
    );
  const allow = () => world.query('drop function refuse cascade');

  it('records what it has posted as soon as the database takes it', async () => {
    await putMessages(world, ['one', 'two']);
    await refuse(`new.state = 'sent'`);
    let tries = 0;
    const sleep = async (ms: number) => {
      await world.jobs.sleep(ms);
      tries += 1;
      if (tries === 3) await allow();
    };
    expect(await drain({ ...world.jobs, sleep })).toBeNull();
    expect(tries).toBeGreaterThanOrEqual(3);
    expect(world.platform.shown(channel)).toEqual(['one', 'two']);
    expect(callsOf(world, 'find')).toEqual([]);
  });

  it('holds nothing any more when the lease is over, and looks up before it posts again', async () => {
    const [id] = await putMessages(world, ['one']);
    await refuse(`new.state = 'sent'`);
    await expect(drain(world.jobs)).rejects.toThrow();
    expect(world.jobs.heldDeliveries.size).toBe(0);
    await allow();
    await drainToTheEnd(world);
    expect(world.platform.shown(channel)).toEqual(['one']);
    expect(callsOf(world, 'find')).toEqual([{ after: 0, text: id }]);
  });

  it('is made again soon, without a look-up, when it failed before anything was sent', async () => {
    await putMessages(world, ['one']);
    await world.query(
      `update deliveries set content = null, card_id = '00000000-0000-4000-b000-000000000001'`,
    );
    await world.query(
      `insert into cards (id, kind, subject_id, destination)
        values ('00000000-0000-4000-b000-000000000001', 'poll', 'subject', $1)`,
      [channel],
    );
    let tries = 0;
    const renderLiveCard = async () => {
      tries += 1;
      if (tries < 3) throw new Error('no connection');
      return { summary: 'state', blocks: [] };
    };
    const before = world.wall.now;
    await drainToTheEnd(world, { jobs: { ...world.jobs, renderLiveCard } });
    expect(world.platform.shown(channel)).toEqual(['state']);
    expect(callsOf(world, 'find')).toEqual([]);
    expect(world.wall.now - before).toBeLessThan(world.jobs.settings.claimLeaseMs);
  });

  it('is looked up when the channel itself throws', async () => {
    await putMessages(world, ['one']);
    let tries = 0;
    const throwing = {
      ...world.platform,
      post: async (message: Parameters<typeof world.platform.post>[0]) => {
        tries += 1;
        const outcome = await world.platform.post(message);
        if (tries === 1) throw new Error('a fault of the channel');
        return outcome;
      },
    };
    await drainToTheEnd(world, { jobs: overChannel(world.jobs, throwing) });
    expect(world.platform.shown(channel)).toEqual(['one']);
    expect(callsOf(world, 'find')).toHaveLength(1);
  });
});
