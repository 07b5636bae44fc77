import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Card } from '../../../src/core/card/card.ts';
import { lineText } from '../../../src/core/card/line.ts';
import { DeliveryLookupError } from '../../../src/services/ports/message-channel.ts';
import { auditOf, outboxOf, planRelease } from '../../services/steps.ts';
import { openWorld, type World } from '../../support/test-services.ts';
import {
  callsOf,
  channel,
  deliveries,
  drain as drainJobs,
  drainToTheEnd as drainWorld,
  putMessages,
} from '../outbox.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const drain = (destination = channel) => drainJobs(world.jobs, destination);
const drainToTheEnd = (destination = channel) => drainWorld(world, { destination });

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
    ['not-sent', 'failed', 'nothing after 1446 attempts: no answer'],
    ['unknown', 'unknown', 'no answer'],
  ] as const)(
    'of more than a day (%s) costs the message that was tried all the time',
    async (result, state, error) => {
      await putMessages(world, ['one', 'two']);
      world.platform.failPosts(channel, ...failures(result, 1_446));
      const start = world.wall.now;
      await drainToTheEnd();
      // What may have arrived, and is of no release, is said again, as another message.
      const saidAgain = state === 'unknown' ? [{ state: 'sent' }] : [];
      expect(await deliveries(world)).toMatchObject([{ state, error }, { state: 'sent' }, ...saidAgain]);
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

describe('a message that is held up for half an hour', () => {
  const other = 'slack:channel:C-support';
  const manager = 'slack:person:U0RITA';
  const away = { result: 'not-sent' as const, detail: 'no answer' };
  const outage = (destination: string, times: number) =>
    world.platform.failPosts(destination, ...Array.from({ length: times }, () => away));
  const halfAnHour = 1_800_000;
  /** Drains the destinations by turns, as often as one of them asks for it, for so long. */
  async function drainFor(ms: number, ...destinations: string[]): Promise<void> {
    const due = new Map(destinations.map((destination) => [destination, world.wall.now]));
    for (const end = world.wall.now + ms; ; ) {
      const [destination = '', at = 0] = [...due].sort(([, one], [, two]) => one - two)[0] ?? [];
      if (due.size === 0 || at > end) break;
      world.wall.now = Math.max(world.wall.now, at);
      const wait = await drain(destination);
      if (wait === null) due.delete(destination);
      else due.set(destination, world.wall.now + wait);
    }
  }
  const notices = () =>
    world.query<{ id: string; destination: string; state: string; content: Card }>(
      `select id, destination, state, content from deliveries where subject = 'delivery-delayed' order by seq`,
    );
  let releaseId: string;
  beforeEach(async () => {
    releaseId = await planRelease(world);
    await world.query('delete from deliveries');
  });

  it('notifies the release manager, once, and goes on being tried', async () => {
    await putMessages(world, ['one'], channel, releaseId);
    outage(channel, 100);
    await drainFor(halfAnHour - 60_000, channel);
    expect(await notices()).toEqual([]);
    await drainFor(120_000, channel);
    await drainToTheEnd(manager);
    expect(world.platform.shown(manager)).toEqual(['web-2.4.0: a message to #release-deployment is held up']);
    await drainToTheEnd();
    expect(world.platform.shown(channel)).toEqual(['one']);
    expect(await notices()).toHaveLength(1);
  });

  it('notifies with what, where, since when, why and what to do, in the trail too', async () => {
    const [id] = await putMessages(world, ['readiness-review'], channel, releaseId);
    outage(channel, 100);
    const since = new Date(world.wall.now).toISOString();
    await drainFor(halfAnHour + 60_000, channel);
    const [notice] = await notices();
    expect(textOf(notice?.content)).toEqual([
      'web-2.4.0: a message to #release-deployment is held up.',
      'It has not been posted as of Wed 1 Jan 2031, 01:30:03 (Europe/Amsterdam). First failed attempt: Wed 1 Jan 2031, 01:00 (Europe/Amsterdam).',
      'Last attempt: no answer.',
      'tminus keeps trying for at least a day. Later messages to the same place wait their turn.',
      "If it's urgent, check whether it has arrived. If not, tell #release-deployment yourself; tminus still posts it as soon as it can.",
      // Between them stands the message itself, which is empty here.
      '—',
      '—',
    ]);
    expect((await auditOf(world, releaseId)).at(-1)).toMatchObject({
      action: 'delivery.delayed',
      subject: id,
      details: {
        destination: channel,
        message: 'readiness-review',
        failingSince: since,
        reason: 'no answer',
      },
    });
  });

  it('is called uncertain when it may have arrived', async () => {
    await putMessages(world, ['one'], channel, releaseId);
    const uncertain = { result: 'unknown' as const, detail: 'no answer' };
    world.platform.failPosts(channel, ...Array.from({ length: 100 }, () => uncertain));
    await drainFor(halfAnHour + 60_000, channel);
    const [notice] = await notices();
    expect(textOf(notice?.content)[1]).toContain('It is not known whether it was posted');
  });

  it('notifies later when a notice of the release still waits, but not for one of another release', async () => {
    const otherId = await planRelease(world, { release: 'web-2.5.0', version: '2.5.0' });
    await world.query('delete from deliveries');
    const third = 'slack:channel:C-product';
    await putMessages(world, ['one'], channel, releaseId);
    await putMessages(world, ['two'], other, releaseId);
    await putMessages(world, ['three'], third, otherId);
    for (const destination of [channel, other, third, manager]) outage(destination, 300);
    await drainFor(3 * halfAnHour, channel, other, third, manager);
    expect((await notices()).map(({ content }) => content.summary)).toEqual([
      expect.stringMatching(/^web-2.4.0: /),
      'web-2.5.0: a message to #product is held up',
    ]);

    outage(manager, 0);
    await drainFor(60_000, manager);
    await drainFor(120_000, channel, other, third);
    expect((await notices()).map(({ state, content }) => [state, content.summary]).sort()).toEqual([
      ['pending', expect.stringMatching(/^web-2.4.0: /)],
      ['sent', expect.stringMatching(/^web-2.4.0: /)],
      ['sent', 'web-2.5.0: a message to #product is held up'],
    ]);
    const summaries = (await notices()).map(({ content }) => content.summary);
    expect(new Set(summaries).size).toBe(3);
  });

  it('notifies nobody when it is such a notice itself, and one that can not be posted goes to the channel', async () => {
    await putMessages(world, ['one'], channel, releaseId);
    outage(channel, 300);
    outage(manager, 60);
    await drainFor(halfAnHour + 60_000, channel);
    await drainFor(halfAnHour + 120_000, manager);
    expect(await notices()).toHaveLength(1);
    world.platform.failPosts(manager, { result: 'refused', code: 'user_disabled', detail: 'left' });
    await drainToTheEnd(manager);
    expect((await notices()).map(({ state }) => state)).toEqual(['failed', 'pending']);
    expect(await outboxOf(world)).toEqual(['one', 'delivery-delayed', 'delivery-delayed']);
  });
});

/** The paragraphs and dividers of a card. */
function textOf(card: Card | undefined): string[] {
  return (card?.blocks ?? []).map((block) => {
    if (block.type === 'divider') return '—';
    if (block.type !== 'paragraph') throw new Error(`not a paragraph: ${block.type}`);
    return lineText(block.content);
  });
}
