import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decodeDestination } from '../../../src/core/address/destination.ts';
import type { Threads } from '../../../src/core/plan/threads-schema.ts';
import { drainDestination } from '../../../src/jobs/outbox/drain-destination.ts';
import { rescheduleRelease } from '../../../src/services/lifecycle/reschedule-release.ts';
import type { ArrivedMessage } from '../../support/memory-platform.ts';
import { goLive, openWorld, type World } from '../../support/test-services.ts';
import { accepted, planRelease, playUntil } from '../steps.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
  world.platform.threads = true;
});
afterEach(() => world.close());

const support = 'slack:channel:C-support';

async function sendSupport(threads?: Threads): Promise<ArrivedMessage[]> {
  await planRelease(world, threads === undefined ? {} : { threads });
  await playUntil(world, '2030-06-17T20:00:00Z');
  await drainDestination(world.jobs, decodeDestination(support));
  return arrived();
}

const arrived = () => world.platform.messages.filter(({ destination }) => destination === support);
const isDetail = ({ card }: ArrivedMessage) => JSON.stringify(card.summary).includes('Details: ');

describe('threads of a channel', () => {
  it('get the detail of each long message, below its news', async () => {
    const messages = await sendSupport();
    const details = messages.filter(isDetail);
    expect(details.length).toBeGreaterThan(0);
    for (const detail of details) {
      const news = messages[messages.indexOf(detail) - 1];
      expect(detail.replyTo).toBe(news?.messageId);
      expect(JSON.stringify(news?.card)).toContain('the thread.');
      expect(JSON.stringify(detail.card)).not.toContain('"mention":true');
    }
    for (const other of messages.filter((one) => !isDetail(one))) expect(other.replyTo).toBeUndefined();
  });

  it('get nothing where the plan says none, or the channel has no threads', async () => {
    const messages = await sendSupport({ for: { support: 'none' } });
    expect(messages.length).toBeGreaterThan(0);
    expect(messages.filter(({ replyTo }) => replyTo !== undefined)).toEqual([]);
    await world.close();
    world = await openWorld();
    expect((await sendSupport()).filter(isDetail)).toEqual([]);
  });

  it('get all that follows the first message where the plan says so', async () => {
    const [first, ...others] = await sendSupport({ for: { '#support': 'all' } });
    expect(first?.replyTo).toBeUndefined();
    expect(others.length).toBeGreaterThan(0);
    for (const message of others) expect(message.replyTo).toBe(first?.messageId);
  });

  it('do without their news when the channel refuses it', async () => {
    world.platform.failPosts(support, { result: 'refused', code: 'no', detail: 'No.' });
    const [detail] = await sendSupport();
    expect(detail).toBeDefined();
    expect(detail?.replyTo).toBeUndefined();
  });

  it('get the one correction of what was read there', async () => {
    const before = await sendSupport();
    const input = { date: '2030-06-25', time: '10:00', reason: 'Holidays.', from: Date.parse(goLive) };
    accepted(
      await rescheduleRelease({ ctx: world.as('rita'), input: { releaseKey: 'web-2.4.0', ...input } }),
    );
    await drainDestination(world.jobs, decodeDestination(support));
    const after = arrived().slice(before.length);
    expect(after).toHaveLength(1);
    const roots = before.filter(({ replyTo }) => replyTo === undefined).map(({ messageId }) => messageId);
    expect(roots).toContain(after[0]?.replyTo);
  });
});
