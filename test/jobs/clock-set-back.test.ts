import { afterEach, beforeEach, expect, it } from 'vitest';
import { decodeDestination } from '../../src/core/address/destination.ts';
import type { Card } from '../../src/core/card/card.ts';
import { refreshCards } from '../../src/jobs/cards/refresh-cards.ts';
import { createStalledFinder } from '../../src/jobs/find-stalled.ts';
import type { JobServices } from '../../src/jobs/job-services.ts';
import { sweep } from '../../src/jobs/sweep.ts';
import { findDueTimers } from '../../src/jobs/timers/find-due-timers.ts';
import { planRelease } from '../services/steps.ts';
import { openWorld, type World } from '../support/test-services.ts';
import { channel, drain, putMessages } from './outbox.ts';

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

const setBack = () => {
  world.wall.now -= hour;
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

it('a timer that failed is tried again, and holds back nothing for an hour', async () => {
  await planRelease(world);
  await world.query(`update timers set attempts = 1, not_before = $1`, [new Date(world.wall.now + 60_000)]);
  world.clock.moveTo('2030-06-30T00:00:00Z');
  expect(await findDueTimers(jobs, 100)).toEqual([]);
  setBack();
  expect(await findDueTimers(jobs, 100)).not.toEqual([]);
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
