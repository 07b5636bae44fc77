import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Card } from '../../../src/core/card/card.ts';
import type { JobServices } from '../../../src/jobs/job-services.ts';
import { settleDelivery } from '../../../src/services/delivery/settle-delivery.ts';
import { accepted, actionsOf, planRelease } from '../../services/steps.ts';
import { without } from '../../support/memory-platform.ts';
import { idOf, openWorld, type World } from '../../support/test-services.ts';
import { callsOf, channel, deliveries, drain, drainToTheEnd, overChannel, putMessages } from '../outbox.ts';

let world: World;
let jobs: JobServices;
let releaseId: string;
beforeEach(async () => {
  world = await openWorld();
  jobs = overChannel(world.jobs, without(world.platform, 'find'));
  releaseId = await planRelease(world);
  await world.query('delete from deliveries');
});
afterEach(() => world.close());

const uncertain = { result: 'unknown' as const, detail: 'no answer' };
const manager = `slack:person:${idOf('rita')}`;
const put = (...texts: string[]) => putMessages(world, texts, channel, releaseId);
const drained = () => drainToTheEnd(world, { jobs });
const notice = async () => {
  const [row] = await world.query<{ content: Card }>(
    `select content from deliveries where subject = 'delivery-unknown'`,
  );
  return row?.content;
};

describe('a message that may have arrived in a channel without look-up', () => {
  it('ends as unknown and is not repeated; what comes after it is sent', async () => {
    await put('one', 'two');
    world.platform.failPosts(channel, { ...uncertain, arrived: true });
    await drained();
    world.wall.now += 86_400_000;
    await drained();
    expect(world.platform.shown(channel)).toEqual(['one', 'two']);
    expect((await deliveries(world)).slice(0, 2)).toMatchObject([
      { state: 'unknown', error: 'no answer', attempts: 1 },
      { state: 'sent' },
    ]);
    expect(await actionsOf(world, releaseId)).toContain('delivery.unknown');
  });

  it('is the same when the process ended while it was sending', async () => {
    const [id] = await put('one');
    await world.query(
      `update deliveries set state = 'sending', attempts = 1, sending_since = now(), not_before = $2 where id = $1`,
      [id, new Date(world.wall.now)],
    );
    await drained();
    expect(callsOf(world, 'post')).toEqual([]);
    expect((await deliveries(world))[0]).toMatchObject({
      state: 'unknown',
      error: 'tminus was interrupted while it was sending',
    });
  });

  it('is shown to the release manager with its text and two buttons', async () => {
    const [deliveryId] = await put('one');
    await world.query('update deliveries set content = $1', [
      { summary: 'one', blocks: [{ type: 'quote', content: [{ type: 'text', text: 'The words.' }] }] },
    ]);
    world.platform.failPosts(channel, uncertain);
    await drained();
    await drain(jobs, manager);
    expect(world.platform.shown(manager)).toEqual([
      'web-2.4.0: did a message to #release-deployment arrive?',
    ]);
    const blocks = (await notice())?.blocks ?? [];
    expect(blocks).toContainEqual({ type: 'quote', content: [{ type: 'text', text: 'The words.' }] });
    expect(blocks.at(-1)).toMatchObject({
      type: 'actions',
      buttons: [
        { label: 'It arrived', value: JSON.stringify({ deliveryId, arrived: true }) },
        { label: 'Send it again', value: JSON.stringify({ deliveryId, arrived: false }) },
      ],
    });
  });

  it('is sent again, once, when the release manager asks for it', async () => {
    const [deliveryId = ''] = await put('one');
    world.platform.failPosts(channel, uncertain);
    await drained();
    accepted(await settleDelivery({ ctx: world.as('rita'), input: { deliveryId, arrived: false } }));
    await drained();
    expect(world.platform.shown(channel)).toEqual(['one']);
    expect((await deliveries(world))[0]).toMatchObject({ state: 'sent', attempts: 2 });
  });

  it('is tried again when it certainly did not arrive', async () => {
    await put('one');
    world.platform.failPosts(channel, { result: 'not-sent', detail: 'away' });
    await drained();
    expect(world.platform.shown(channel)).toEqual(['one']);
  });
});

describe('a message to a channel that is not configured', () => {
  it('waits for it, and loses nothing', async () => {
    await put('one');
    const wait = await drain({ ...world.jobs, channels: new Map() });
    expect(wait).toBeGreaterThan(0);
    expect((await deliveries(world))[0]).toMatchObject({
      state: 'pending',
      error: 'no message channel "slack" is configured',
    });
    world.wall.now += wait ?? 0;
    await drained();
    expect(world.platform.shown(channel)).toEqual(['one']);
  });
});

describe('a channel in which nobody can press buttons', () => {
  it('gets messages without them', async () => {
    const buttons = [{ action: 'vote-go', label: 'Go', value: '' }];
    await put('one');
    await world.query('update deliveries set content = $1', [
      { summary: 'one', blocks: [{ type: 'divider' }, { type: 'actions', buttons }] },
    ]);
    await drain(overChannel(world.jobs, { ...world.platform, limits: { buttons: false } }));
    expect(world.platform.messages.map(({ card }) => card.blocks)).toEqual([[{ type: 'divider' }]]);
  });
});
