import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MessageChannel } from '../../../src/services/ports/message-channel.ts';
import { without } from '../../support/memory-platform.ts';
import { openWorld, type World } from '../../support/test-services.ts';
import { callsOf, channel, deliveries, drainToTheEnd, overChannel, putMessages } from '../outbox.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const sendOver = (slack: MessageChannel) => drainToTheEnd(world, { jobs: overChannel(world.jobs, slack) });
const cannotLookUp = () => without(world.platform, 'find');

describe('a channel without look-up whose other side takes a delivery once', () => {
  const knowing = (): MessageChannel => ({ ...cannotLookUp(), knowsRepeats: true });

  it('is posted to again when nobody knows whether a message arrived', async () => {
    await putMessages(world, ['One', 'Two']);
    world.platform.failPosts(channel, { result: 'unknown', detail: 'no answer', arrived: true });
    await sendOver(knowing());
    expect(await deliveries(world)).toMatchObject([
      { state: 'sent', attempts: 2 },
      { state: 'sent', attempts: 1 },
    ]);
    expect(callsOf(world, 'post').map(({ text }) => text)).toEqual(['One', 'One', 'Two']);
  });

  it('is posted to again after the process that sent was interrupted', async () => {
    await putMessages(world, ['One']);
    await world.query(
      `update deliveries set state = 'sending', attempts = 1, sending_since = now(), sending_at = $1`,
      [new Date(world.wall.now - 3_600_000)],
    );
    await sendOver(knowing());
    expect(await deliveries(world)).toMatchObject([{ state: 'sent', attempts: 2 }]);
  });

  it('differs in that from one that does not say so', async () => {
    await putMessages(world, ['One']);
    world.platform.failPosts(channel, { result: 'unknown', detail: 'no answer', arrived: true });
    await sendOver(cannotLookUp());
    // What is of no release is said again, as another message.
    expect(await deliveries(world)).toMatchObject([
      { state: 'unknown', attempts: 1 },
      { state: 'sent', attempts: 1 },
    ]);
  });
});
