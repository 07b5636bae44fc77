import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decodeDestination } from '../../src/core/address/destination.ts';
import type { Card } from '../../src/core/card/card.ts';
import { refreshCards } from '../../src/jobs/cards/refresh-cards.ts';
import { createStalledFinder } from '../../src/jobs/find-stalled.ts';
import type { JobServices } from '../../src/jobs/job-services.ts';
import { claimDelivery } from '../../src/jobs/outbox/claim-delivery.ts';
import { sweep } from '../../src/jobs/sweep.ts';
import { findDueTimers } from '../../src/jobs/timers/find-due-timers.ts';
import { planRelease } from '../services/steps.ts';
import { openWorld, type World } from '../support/test-services.ts';
import { channel, drain, putLiveCard, putMessages } from './outbox.ts';

const hour = 3_600_000;
const destination = decodeDestination(channel);

let world: World;
let jobs: JobServices;
let state: string;
beforeEach(async () => {
  world = await openWorld();
  state = 'state 1';
  const renderLiveCard = async (): Promise<Card> => ({ summary: state, blocks: [] });
  jobs = { ...world.jobs, renderLiveCard };
});
afterEach(() => world.close());

describe.each([
  ['an hour', hour],
  ['four minutes', 4 * 60_000],
])('after the clock was set back by %s', (_howFar, byMs) => {
  const setBack = () => {
    world.wall.now -= byMs;
  };

  it('a message is posted at its own pace', async () => {
    await putMessages(world, ['one']);
    await drain(jobs);
    setBack();
    await putMessages(world, ['two']);
    const before = world.wall.now;
    expect(await drain(jobs)).toBeNull();
    expect(world.platform.shown(channel)).toEqual(['one', 'two']);
    expect(world.wall.now - before).toBeLessThanOrEqual(1_000);
  });

  it('a message that was being sent, or waits for another try, is found by the sweep and sent', async () => {
    await putMessages(world, ['one']);
    world.platform.failPosts(channel, { result: 'unknown', detail: 'no answer' });
    await drain(jobs);
    setBack();
    expect(await sweep(jobs)).toMatchObject([{ job: 'delivery', id: channel }]);
    await drain(jobs);
    expect(world.platform.shown(channel)).toEqual(['one']);
  });

  it('a card is edited, though its edits were held and one had failed', async () => {
    const cardId = world.services.newId();
    await world.query(
      `insert into cards (id, kind, subject_id, destination, message_id, channel_id, not_before)
      values ($1, 'poll', 'poll', $2, 'message-1', 'C', $3)`,
      [cardId, channel, new Date(world.wall.now + 60_000)],
    );
    await world.query(`insert into paces (kind, destination, next_at) values ('edit', $1, $2)`, [
      channel,
      new Date(world.wall.now + 30_000),
    ]);
    await world.platform.post({ destination, card: { summary: 'state 0', blocks: [] }, deliveryId: 'd' });
    setBack();
    expect(await sweep(jobs)).toMatchObject([{ job: 'card', id: channel }]);
    expect(await refreshCards(jobs, destination)).toBeNull();
    expect(world.platform.shown(channel)).toEqual(['state 1']);
  });

  it('a card that was edited a moment ago is edited at its own pace', async () => {
    const putChange = () => world.query('update cards set revision = revision + 1');
    await putLiveCard(world, { subject: 'poll', kind: 'poll' });
    await drain(jobs);
    state = 'state 2';
    await putChange();
    await refreshCards(jobs, destination);
    setBack();
    state = 'state 3';
    await putChange();
    expect(await sweep(jobs)).toMatchObject([{ job: 'card', id: channel }]);
    const before = world.wall.now;
    expect(await refreshCards(jobs, destination)).toBeNull();
    expect(world.platform.shown(channel)).toEqual(['state 3']);
    expect(world.wall.now - before).toBeLessThanOrEqual(1_000);
  });

  it('a timer that failed is tried again, and holds back nothing for an hour', async () => {
    await planRelease(world);
    await world.query(`update timers set attempts = 1, not_before = $1`, [new Date(world.wall.now + 60_000)]);
    world.clock.moveTo('2030-06-30T00:00:00Z');
    expect(await findDueTimers(jobs, 100)).toEqual([]);
    setBack();
    expect(await findDueTimers(jobs, 100)).not.toEqual([]);
  });
});

it('a rate limit of edits is kept, though it is longer than their pace', async () => {
  await putLiveCard(world, { subject: 'poll', kind: 'poll' });
  await drain(jobs);
  state = 'state 2';
  await world.query('update cards set revision = revision + 1');
  world.platform.failUpdates(channel, { result: 'rate-limited', retryAfterMs: 3 * 60_000 });
  expect(await refreshCards(jobs, destination)).toBe(3 * 60_000);
  expect(await sweep(jobs)).toEqual([]);
});

it('a lease holds for a process whose clock is a little behind', async () => {
  await putMessages(world, ['one']);
  expect(await claimDelivery(jobs, destination)).not.toBeNull();
  world.wall.now -= 5_000;
  expect(await claimDelivery(jobs, destination)).toBeNull();
  expect(await sweep(jobs)).toEqual([]);
});

it('a rate limit of hours is kept for some minutes, then the channel is asked again', async () => {
  await putMessages(world, ['one']);
  world.platform.failPosts(channel, { result: 'rate-limited', retryAfterMs: 10 * hour });
  expect(await drain(jobs)).toBe(5 * 60_000);
});

it('what has stalled stands out after its time, counted anew', () => {
  const find = createStalledFinder(15_000);
  const work = [{ job: 'delivery' as const, id: channel, mark: '1' }];
  expect(find(work, hour)).toEqual([]);
  expect(find(work, 0)).toEqual([]);
  expect(find(work, 15_000)).toEqual(work);
});
