import { afterEach, beforeEach, expect, it } from 'vitest';
import { loadSchedule } from '../../../src/db/queries/schedule.ts';
import { drain as drainJobs, drainToTheEnd } from '../../jobs/outbox.ts';
import { approvedRelease, planRelease, playUntil } from '../../services/steps.ts';
import { goLive, openWorld, type World } from '../../support/test-services.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const releaseChannel = 'slack:channel:C-release-deployment';
const archived = { result: 'refused', code: 'is_archived', detail: 'The channel is archived.' } as const;

const drain = (destination: string) => drainToTheEnd(world, { destination });

const entryOf = async (releaseId: string, key: string) => {
  const schedule = await loadSchedule(world.services.db, releaseId);
  return schedule.find(({ item }) => item.key === key);
};

it('says that an item was sent only when its message was posted', async () => {
  const releaseId = await planRelease(world);
  expect(await entryOf(releaseId, 'readiness-review')).toMatchObject({ state: 'planned', note: null });
  await playUntil(world, '2030-06-04T08:00:00Z');
  expect(await entryOf(releaseId, 'readiness-review')).toMatchObject({ state: 'being-sent', note: null });
  world.platform.failPosts(releaseChannel, { result: 'unknown', detail: 'no answer' });
  await drainJobs(world.jobs, releaseChannel);
  expect(await entryOf(releaseId, 'readiness-review')).toMatchObject({ state: 'being-sent' });
  await drain(releaseChannel);
  expect(await entryOf(releaseId, 'readiness-review')).toMatchObject({ state: 'sent', note: null });
});

it('says which messages Slack refused for good, and why', async () => {
  const releaseId = await planRelease(world);
  await playUntil(world, '2030-06-04T09:00:00Z');
  world.platform.failPosts('slack:channel:C-executives', archived);
  await drain('slack:channel:C-executives');
  await drain(releaseChannel);
  expect(await entryOf(releaseId, 'stakeholder-notification')).toMatchObject({
    state: 'failed',
    note: expect.stringContaining('The channel is archived.'),
  });
  expect(await entryOf(releaseId, 'readiness-review')).toMatchObject({ state: 'sent', note: null });
});

it('says of a poll and of the live card what became of their cards', async () => {
  const releaseId = await approvedRelease(world);
  await drain(releaseChannel);
  await playUntil(world, '2030-06-11T12:00:00Z');
  expect(await entryOf(releaseId, 'go-no-go-readiness')).toMatchObject({ state: 'being-sent' });
  await drain('slack:person:U0QUINN');
  // A ballot that arrived says nothing of the poll's own card.
  expect(await entryOf(releaseId, 'go-no-go-readiness')).toMatchObject({ state: 'being-sent' });
  await drain(releaseChannel);
  expect(await entryOf(releaseId, 'go-no-go-readiness')).toMatchObject({ state: 'sent' });
  await playUntil(world, '2030-06-17T11:59:00Z');
  await drain(releaseChannel);
  await playUntil(world, '2030-06-17T12:00:00Z');
  world.platform.failPosts(releaseChannel, archived);
  await drain(releaseChannel);
  expect(await entryOf(releaseId, 'go-no-go-decision')).toMatchObject({ state: 'failed' });
  expect(await entryOf(releaseId, 'go-no-go-readiness')).toMatchObject({ state: 'sent' });
  await playUntil(world, goLive);
  expect(await entryOf(releaseId, 'live-status')).toMatchObject({ state: 'being-sent' });
  await drain(releaseChannel);
  expect(await entryOf(releaseId, 'live-status')).toMatchObject({ state: 'sent' });
});

it('takes another message for an item neither by its subject nor by its time', async () => {
  const added = {
    key: 'planned',
    title: 'Planned work',
    offset: '-P14D',
    time: '10:00',
    audience: 'release',
    template: 'readiness-review',
  } as const;
  const communications = { ...world.plan.communications, add: [added] };
  const releaseId = await planRelease(world, { communications });
  // Told at planning, under the same subject as the item that was added.
  await drain(releaseChannel);
  await playUntil(world, '2030-06-04T08:00:00Z');
  expect(await entryOf(releaseId, 'planned')).toMatchObject({ state: 'being-sent' });
  await drain(releaseChannel);
  expect(await entryOf(releaseId, 'planned')).toMatchObject({ state: 'sent' });
});

it('says the worst of several messages, and that all were sent only when they were', async () => {
  const releaseId = await planRelease(world);
  await playUntil(world, '2030-06-04T08:00:00Z');
  await world.query(
    `insert into deliveries (id, release_id, communication_id, destination, subject, content, created_at)
      select gen_random_uuid(), release_id, communication_id, 'slack:channel:C-support', subject, content, created_at
      from deliveries where subject = 'readiness-review'`,
  );
  await drain(releaseChannel);
  expect(await entryOf(releaseId, 'readiness-review')).toMatchObject({ state: 'being-sent' });
  await drain('slack:channel:C-support');
  expect(await entryOf(releaseId, 'readiness-review')).toMatchObject({ state: 'sent', note: null });
  const setState = (state: string, destination: string) =>
    world.query(`update deliveries set state = $1, error = $1 where destination = $2`, [state, destination]);
  await setState('unknown', releaseChannel);
  expect(await entryOf(releaseId, 'readiness-review')).toMatchObject({ state: 'unknown', note: 'unknown' });
  await setState('failed', 'slack:channel:C-support');
  expect(await entryOf(releaseId, 'readiness-review')).toMatchObject({ state: 'failed', note: 'failed' });
});

it('does not say that an item was sent of which the outbox knows nothing', async () => {
  const releaseId = await planRelease(world);
  await playUntil(world, '2030-06-04T08:00:00Z');
  await world.query(`delete from deliveries where subject = 'readiness-review'`);
  expect(await entryOf(releaseId, 'readiness-review')).toMatchObject({ state: 'unrecorded', note: null });
});
