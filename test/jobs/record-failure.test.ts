import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDrain } from '../../src/jobs/drain-deliveries.ts';
import { DeliveryLookupError } from '../../src/services/chat-platform.ts';
import { openWorld, type World } from '../support/test-services.ts';
import { callsOf, channel, deliveries, putMessages } from './outbox.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const drain = (destination = channel) => createDrain(world.jobs)(destination);
/** Drains as often as it asks to be woken again. */
async function drainToTheEnd(destination = channel): Promise<void> {
  for (let wait = await drain(destination); wait !== null; wait = await drain(destination)) {
    world.wall.now += wait;
  }
}

describe('an outage', () => {
  const failure = (result: 'not-sent' | 'unknown') => ({ result, detail: 'no answer' });
  const failures = (result: 'not-sent' | 'unknown', times: number) =>
    Array.from({ length: times }, () => failure(result));
  const hourMs = 3_600_000;

  it.each(['not-sent', 'unknown'] as const)('of two hours (%s) loses nothing', async (result) => {
    await putMessages(world, ['one', 'two']);
    world.platform.failPosts(channel, ...failures(result, 125));
    const start = world.wall.now;
    await drainToTheEnd();
    expect(world.wall.now - start).toBeGreaterThan(1.9 * hourMs);
    expect(world.platform.shown(channel)).toEqual(['one', 'two']);
  });

  it('is tried through once a minute', async () => {
    await putMessages(world, ['one']);
    world.platform.failPosts(channel, ...failures('not-sent', 60));
    await drainToTheEnd();
    expect(world.platform.shown(channel)).toEqual(['one']);
    const at = callsOf(world, 'post').map(({ after }) => after);
    const pauses = at.slice(1).map((instant, index) => instant - (at[index] ?? 0));
    expect(Math.max(...pauses)).toBe(60_000);
  });

  it('of the look-up loses nothing either, and posts nothing twice', async () => {
    await putMessages(world, ['one', 'two']);
    world.platform.failPosts(channel, { ...failure('unknown'), arrived: true });
    world.platform.failLookUps(125);
    await drainToTheEnd();
    expect(await deliveries(world)).toMatchObject([{ state: 'sent' }, { state: 'sent' }]);
    expect(world.platform.shown(channel)).toEqual(['one', 'two']);
    expect(callsOf(world, 'post')).toHaveLength(2);
  });

  it('does not end a message of which the platform only asked to wait', async () => {
    await putMessages(world, ['one']);
    const limited = Array.from({ length: 39 }, () => ({
      result: 'rate-limited' as const,
      retryAfterMs: 1_000,
    }));
    world.platform.failPosts(channel, ...limited, failure('not-sent'));
    await drainToTheEnd();
    expect(world.platform.shown(channel)).toEqual(['one']);
  });

  it('is noted from the first attempt that failed, and not where none did', async () => {
    await putMessages(world, ['one', 'two']);
    world.platform.failPosts(channel, failure('not-sent'), failure('not-sent'));
    const start = world.wall.now;
    await drainToTheEnd();
    const rows = await world.query('select failing_since as since from deliveries order by seq');
    expect(rows).toEqual([{ since: new Date(start) }, { since: null }]);
  });

  it.each([
    ['not-sent', 'nothing after 1446 attempts: no answer'],
    ['unknown', 'neither yes nor no, so look whether it arrived: no answer'],
  ] as const)(
    'of more than a day (%s) costs the message that was tried all the time',
    async (result, error) => {
      await putMessages(world, ['one', 'two']);
      world.platform.failPosts(channel, ...failures(result, 1_446));
      const start = world.wall.now;
      await drainToTheEnd();
      expect(await deliveries(world)).toMatchObject([{ state: 'failed', error }, { state: 'sent' }]);
      expect(world.wall.now - start).toBeGreaterThan(24 * hourMs);
      expect(world.wall.now - start).toBeLessThan(24.1 * hourMs);
    },
  );

  it('costs nothing when the bot itself was away for most of it', async () => {
    await putMessages(world, ['one']);
    world.platform.failPosts(channel, ...failures('not-sent', 10));
    await drain();
    world.wall.now += 72 * hourMs;
    await drainToTheEnd();
    expect(world.platform.shown(channel)).toEqual(['one']);
  });
});

describe('a look-up that is told to wait', () => {
  it('waits so long, and not longer', async () => {
    await putMessages(world, ['one']);
    world.platform.failPosts(channel, { result: 'unknown', detail: 'no answer', arrived: true });
    world.platform.failLookUps(2, new DeliveryLookupError('ratelimited', 'Slack asks to wait.', 90_000));
    await drainToTheEnd();
    expect(callsOf(world, 'find').map(({ after }) => after)).toEqual([0, 90_000, 180_000]);
    expect(world.platform.shown(channel)).toEqual(['one']);
  });
});
