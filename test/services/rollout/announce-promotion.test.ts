import { afterEach, beforeEach, expect, it } from 'vitest';
import { goLive, openWorld, type World } from '../../support/test-services.ts';
import { approvedRelease, playUntil, promoteAndConfirm, releaseAtOnePercent } from '../steps.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const hour = 3_600_000;

/** Promotes to the next two phases, and tells of the announcements where they are posted. */
async function announcements(releaseId: string) {
  for (const hours of [1, 2, 3]) {
    world.clock.moveTo(world.clock.now() + hours * hour);
    await promoteAndConfirm(world, releaseId);
  }
  return world.query<{ summary: string; thread: string | null }>(
    `select content ->> 'summary' as summary, reply_to ->> 'messageId' as thread from deliveries
     where subject = 'promote-succeeded' order by seq`,
  );
}

it('is news when it begins and when it is live for everyone; the steps between are in the thread of the card', async () => {
  const releaseId = await approvedRelease(world);
  await playUntil(world, goLive);
  await promoteAndConfirm(world, releaseId);
  await world.query(
    `update cards set message_id = '1.1', channel_id = 'C-release-deployment' where kind = 'rollout'`,
  );
  expect(await announcements(releaseId)).toEqual([
    { summary: 'web-2.4.0: started with 1 %', thread: null },
    { summary: 'web-2.4.0: promoted to 10 %', thread: '1.1' },
    { summary: 'web-2.4.0: promoted to 50 %', thread: '1.1' },
    { summary: 'web-2.4.0: at 100 %, live for everyone', thread: null },
  ]);
});

it('stands in the channel where there is no card yet', async () => {
  const releaseId = await releaseAtOnePercent(world);
  const threads = (await announcements(releaseId)).map(({ thread }) => thread);
  expect(threads).toEqual([null, null, null, null]);
});
