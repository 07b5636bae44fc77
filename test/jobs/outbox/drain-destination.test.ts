import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decodeDestination } from '../../../src/core/address/destination.ts';
import { withTransaction } from '../../../src/db/with-transaction.ts';
import { claimDelivery } from '../../../src/jobs/outbox/claim-delivery.ts';
import { planRelease } from '../../services/steps.ts';
import { openWorld, type World } from '../../support/test-services.ts';
import {
  callsOf,
  channel,
  deliveries,
  drain as drainJobs,
  drainToTheEnd as drainWorld,
  overChannel,
  putMessages,
} from '../outbox.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const other = 'slack:channel:C-support';
const drain = (destination = channel) => drainJobs(world.jobs, destination);
const drainToTheEnd = (destination = channel) => drainWorld(world, { destination });

describe('sending what waits for a destination', () => {
  it('keeps the order, and the pace of one a second', async () => {
    await putMessages(world, ['one', 'two', 'three']);
    expect(await drain()).toBeNull();
    expect(callsOf(world, 'post')).toEqual([
      { after: 0, text: 'one' },
      { after: 1_000, text: 'two' },
      { after: 2_000, text: 'three' },
    ]);
    expect(await deliveries(world)).toMatchObject([
      { state: 'sent', message_id: 'message-1' },
      { state: 'sent', message_id: 'message-2' },
      { state: 'sent', message_id: 'message-3' },
    ]);
  });

  it('leaves other destinations alone, and does not wait for their pace', async () => {
    await putMessages(world, ['here']);
    await putMessages(world, ['there'], other);
    await drain();
    expect(world.platform.shown(other)).toEqual([]);
    const before = world.wall.now;
    await drain(other);
    expect(world.wall.now).toBe(before);
    expect(world.platform.shown(other)).toEqual(['there']);
  });

  it('has nothing to do where nothing waits', async () => {
    expect(await drain()).toBeNull();
    expect(world.platform.calls).toEqual([]);
  });

  it('claims one message at a time with a plan that was made while there were none', async () => {
    await world.query('delete from deliveries');
    await world.query('vacuum analyze deliveries');
    await withTransaction(world.services.db, async (tx) => {
      const jobs = { ...world.jobs, db: Object.assign(Object.create(world.jobs.db), tx) };
      const claim = () => claimDelivery(jobs, decodeDestination(channel));
      // From the sixth time on, PostgreSQL keeps the plan of a prepared statement.
      for (const _ of Array(6)) expect(await claim()).toBeNull();
      await putMessages(world, ['one', 'two', 'three']);
      expect(await claim()).toMatchObject({ attempts: 1 });
    });
    expect(await deliveries(world)).toMatchObject([
      { state: 'sending', attempts: 1 },
      { state: 'pending', attempts: 0 },
      { state: 'pending', attempts: 0 },
    ]);
  });

  it('is done once when two processes do it at the same moment', async () => {
    await putMessages(world, ['one', 'two', 'three']);
    await Promise.all([drain(), drain()]);
    await drainToTheEnd();
    expect(world.platform.shown(channel)).toEqual(['one', 'two', 'three']);
  });

  it('starts nothing once the process is stopping', async () => {
    await putMessages(world, ['one']);
    await drainJobs({ ...world.jobs, stopping: AbortSignal.abort() });
    expect(await deliveries(world)).toMatchObject([{ state: 'pending', attempts: 0 }]);
  });
});

describe('destinations that are drained at the same time', () => {
  const many = Array.from({ length: 12 }, (_, index) => `slack:channel:C-${index}`);
  const texts = ['one', 'two', 'three'];
  const everywhere = async () => {
    for (const destination of many) await putMessages(world, texts, destination);
  };
  const drainAll = (destinations: readonly string[]) => {
    const instant = { ...world.platform, pace: { postIntervalMs: 0, editIntervalMs: 0 } };
    const jobs = overChannel(world.jobs, instant);
    return Promise.all(destinations.map((destination) => drainJobs(jobs, destination)));
  };

  it('each get their own in order', async () => {
    await everywhere();
    await drainAll(many);
    for (const destination of many) expect(world.platform.shown(destination)).toEqual(texts);
    expect(await deliveries(world)).toMatchObject(many.flatMap(() => texts.map(() => ({ state: 'sent' }))));
  });

  it('are posted to once each when two processes drain all of them', async () => {
    await everywhere();
    await Promise.all([drainAll(many), drainAll(many.toReversed())]);
    await drainAll(many);
    for (const destination of many) expect(world.platform.shown(destination)).toEqual(texts);
  });

  it('are held up by none that fails', async () => {
    await everywhere();
    const [first = '', ...others] = many;
    world.platform.failPosts(first, { result: 'rate-limited', retryAfterMs: 30_000 });
    const waits = await drainAll(many);
    expect(waits).toEqual([30_000, ...others.map(() => null)]);
    expect(world.platform.shown(first)).toEqual([]);
    for (const destination of others) expect(world.platform.shown(destination)).toEqual(texts);
  });

  it('keep the pace of each', async () => {
    await putMessages(world, ['one', 'two'], channel);
    await putMessages(world, ['three', 'four'], other);
    await Promise.all([drain(channel), drain(other)]);
    for (const destination of [channel, other]) {
      const [, second] = callsOf(world, 'post', destination);
      expect(second?.after).toBeGreaterThanOrEqual(1_000);
    }
  });
});

describe('a rate limit', () => {
  const limited = { result: 'rate-limited' as const, retryAfterMs: 30_000 };

  it('is obeyed to the millisecond, in order', async () => {
    await putMessages(world, ['one', 'two']);
    world.platform.failPosts(channel, limited);
    expect(await drain()).toBe(30_000);
    await drainToTheEnd();
    expect(callsOf(world, 'post').map(({ after, text }) => [after, text])).toEqual([
      [0, 'one'],
      [30_000, 'one'],
      [31_000, 'two'],
    ]);
    expect(callsOf(world, 'find')).toEqual([]);
  });

  it('of one destination holds up no other', async () => {
    await putMessages(world, ['here']);
    await putMessages(world, ['there'], other);
    world.platform.failPosts(channel, limited);
    await drain();
    expect(await drain(other)).toBeNull();
    expect(world.platform.shown(other)).toEqual(['there']);
  });

  it('that is short is waited for within the job', async () => {
    await putMessages(world, ['one']);
    world.platform.failPosts(channel, { result: 'rate-limited', retryAfterMs: 1_500 });
    expect(await drain()).toBeNull();
    expect(world.platform.shown(channel)).toEqual(['one']);
  });
});

describe('a post that certainly did not arrive', () => {
  it('is made again after a pause that doubles, without a look-up', async () => {
    await putMessages(world, ['one', 'two']);
    const failure = { result: 'not-sent' as const, detail: 'connection refused' };
    world.platform.failPosts(channel, failure, failure, failure);
    await drainToTheEnd();
    expect(callsOf(world, 'post').map(({ after, text }) => [after, text])).toEqual([
      [0, 'one'],
      [1_000, 'one'],
      [3_000, 'one'],
      [7_000, 'one'],
      [8_000, 'two'],
    ]);
    expect(callsOf(world, 'find')).toEqual([]);
  });
});

describe('a post that may have arrived', () => {
  const uncertain = { result: 'unknown' as const, detail: 'no answer' };

  it('is looked up and not made again when it is there', async () => {
    const [id] = await putMessages(world, ['one']);
    world.platform.failPosts(channel, { ...uncertain, arrived: true });
    expect(await drain()).toBe(world.jobs.settings.claimLeaseMs);
    expect(await deliveries(world)).toMatchObject([{ state: 'sending', error: 'no answer' }]);
    await drainToTheEnd();
    expect(world.platform.shown(channel)).toEqual(['one']);
    expect(callsOf(world, 'find')).toEqual([{ after: 0, text: id }]);
    expect(await deliveries(world)).toMatchObject([{ state: 'sent', message_id: 'message-1', error: null }]);
  });

  it('is made again when it is certainly not there', async () => {
    await putMessages(world, ['one', 'two']);
    world.platform.failPosts(channel, uncertain);
    await drainToTheEnd();
    expect(world.platform.shown(channel)).toEqual(['one', 'two']);
    expect(callsOf(world, 'find')).toHaveLength(1);
  });

  it('is not made again while the look-up fails', async () => {
    await putMessages(world, ['one', 'two']);
    world.platform.failPosts(channel, { ...uncertain, arrived: true });
    world.platform.failLookUps(3);
    await drainToTheEnd();
    expect(world.platform.shown(channel)).toEqual(['one', 'two']);
    expect(callsOf(world, 'find')).toHaveLength(4);
    expect(callsOf(world, 'post')).toHaveLength(2);
  });

  it('is looked up each time that its end is not known', async () => {
    await putMessages(world, ['one']);
    world.platform.failPosts(channel, uncertain, uncertain, { ...uncertain, arrived: true });
    await drainToTheEnd();
    expect(callsOf(world, 'find')).toHaveLength(3);
    expect(world.platform.shown(channel)).toEqual(['one']);
  });

  it('keeps what comes after it waiting, so that the order holds', async () => {
    await putMessages(world, ['one', 'two']);
    world.platform.failPosts(channel, uncertain);
    await drain();
    await drain();
    expect(callsOf(world, 'post').map(({ text }) => text)).toEqual(['one']);
  });
});

describe('a row left in sending by a crash', () => {
  /** The process ended between the claim and the answer; the claim's time has run out. */
  const crashedWhileSending = async (id: string) => {
    const claimedAt = new Date(world.wall.now - world.jobs.settings.claimLeaseMs);
    await world.query(
      `update deliveries set state = 'sending', attempts = 1, sending_at = $2, sending_since = $3, not_before = $4
       where id = $1`,
      [id, claimedAt, new Date(world.clock.now()), new Date(world.wall.now)],
    );
  };

  it('is not sent again when the message had arrived', async () => {
    const [id = ''] = await putMessages(world, ['one', 'two']);
    await world.platform.post({
      destination: { channel: 'slack', kind: 'channel', id: 'C-release-deployment' },
      card: { summary: 'one', blocks: [] },
      deliveryId: id,
    });
    await crashedWhileSending(id);
    await drainToTheEnd();
    expect(world.platform.shown(channel)).toEqual(['one', 'two']);
  });

  it('is sent when it had not', async () => {
    const [id = ''] = await putMessages(world, ['one', 'two']);
    await crashedWhileSending(id);
    await drainToTheEnd();
    expect(world.platform.shown(channel)).toEqual(['one', 'two']);
    expect(callsOf(world, 'find')).toEqual([{ after: 0, text: id }]);
  });

  it('belongs to its claimer until the claim has run out', async () => {
    const [id = ''] = await putMessages(world, ['one']);
    await crashedWhileSending(id);
    await world.query('update deliveries set not_before = $1', [new Date(world.wall.now + 9_000)]);
    expect(await drain()).toBe(9_000);
    expect(world.platform.calls).toEqual([]);
  });
});

describe('a message that is refused for good', () => {
  const refused = { result: 'refused' as const, code: 'is_archived', detail: 'the channel is archived' };

  it('is given up with its reason, and what comes after it is sent', async () => {
    await putMessages(world, ['one', 'two']);
    world.platform.failPosts(channel, refused);
    await drainToTheEnd();
    expect(world.platform.shown(channel)).toEqual(['two']);
    expect(await deliveries(world)).toMatchObject([
      { state: 'failed', attempts: 1, error: expect.stringContaining('is_archived') },
      { state: 'sent' },
    ]);
  });

  it('is not tried ever again', async () => {
    await putMessages(world, ['one']);
    world.platform.failPosts(channel, refused);
    await drainToTheEnd();
    world.wall.now += 3_600_000;
    await drainToTheEnd();
    expect(callsOf(world, 'post')).toHaveLength(1);
  });

  it('notifies the release manager, once, and the channel when they do not get it', async () => {
    await planRelease(world);
    world.platform.failPosts(channel, refused);
    await drainToTheEnd();
    const manager = 'slack:person:U0RITA';
    world.platform.failPosts(manager, refused);
    await drainToTheEnd(manager);
    expect(callsOf(world, 'post', manager).map(({ text }) => text)).toEqual([
      'web-2.4.0: a message to #release-deployment could not be delivered',
    ]);
    expect(await deliveries(world)).toMatchObject([
      { state: 'failed' },
      { state: 'failed' },
      { state: 'pending' },
    ]);
    world.platform.failPosts(channel, refused);
    await drainToTheEnd();
    expect((await deliveries(world)).map(({ state }) => state)).toEqual(['failed', 'failed', 'failed']);
  });
});
