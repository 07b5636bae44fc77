import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { renderLiveCard } from '../../../src/bot/cards/render-live-card.ts';
import { failDelivery } from '../../../src/services/delivery/fail-delivery.ts';
import { followRelease, unfollowRelease } from '../../../src/services/follow/follow-release.ts';
import { asSystem } from '../../../src/services/kernel/context.ts';
import { cancelRelease } from '../../../src/services/lifecycle/cancel-release.ts';
import { idOf, openWorld, personIdOf, type World } from '../../support/test-services.ts';
import { accepted, actionsOf, approvedRelease, inWords, planRelease, wordsOfLast } from '../steps.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const input = { releaseKey: 'web-2.4.0' };
const follow = () => followRelease({ ctx: world.as('nina'), input });
const unfollow = () => unfollowRelease({ ctx: world.as('nina'), input });
const atNina = async () =>
  (
    await world.query<{ subject: string }>(
      `select subject from deliveries where destination = 'slack:person:U0NINA' order by seq`,
    )
  ).map(({ subject }) => subject);
const homeOfNina = () =>
  renderLiveCard(
    world.services.db,
    {
      kind: 'home',
      subjectId: personIdOf('nina'),
      destination: { channel: 'slack', kind: 'home', id: idOf('nina') },
    },
    world.clock.now(),
    { hasDriver: () => true, freezes: [], isCreator: async () => false },
  );

describe('somebody who follows a release', () => {
  it('has its card, hears what changes, and can stop', async () => {
    const releaseId = await planRelease(world);
    expect(JSON.stringify(await homeOfNina())).toContain('follow-release');
    accepted(await follow());
    expect(await atNina()).toEqual(['card:followed']);
    expect(JSON.stringify(await homeOfNina())).toContain('unfollow-release');
    accepted(await cancelRelease({ ctx: world.as('rita'), input: { ...input, reason: 'No budget.' } }));
    expect(await atNina()).toEqual(['card:followed', 'followed-news']);
    expect(await wordsOfLast(world, 'followed-news')).toEqual([
      "✖️ Web shop 2.4.0 is cancelled and won't go live.",
      "✖️ Web shop 2.4.0 is cancelled and won't go live.",
      'You follow this release. To stop, use "release unfollow web-2.4.0".',
    ]);
    accepted(await unfollow());
    expect((await actionsOf(world, releaseId)).filter((action) => action.includes('follow'))).toEqual([
      'release.followed',
      'release.unfollowed',
    ]);
  });

  it('hears nothing after they have stopped, and everything when they follow again', async () => {
    await planRelease(world);
    accepted(await follow());
    accepted(await unfollow());
    expect(inWords(await unfollow())).toMatchObject({ refusal: { message: "You don't follow web-2.4.0." } });
    accepted(await follow());
    expect(inWords(await follow())).toMatchObject({ refusal: { message: 'You already follow web-2.4.0.' } });
    expect(await atNina()).toEqual(['card:followed']);
    accepted(await unfollow());
    accepted(await cancelRelease({ ctx: world.as('rita'), input: { ...input, reason: 'No budget.' } }));
    expect(await atNina()).toEqual(['card:followed']);
    expect(inWords(await follow())).toMatchObject({
      refusal: { message: 'web-2.4.0 is cancelled: there is nothing left to follow.' },
    });
  });

  it('is nobody of whom the release manager has to know when a message does not arrive', async () => {
    await approvedRelease(world);
    accepted(await follow());
    const [row] = await world.query<{ id: string }>(
      `update deliveries set state = 'sending', attempts = 1 where subject = 'card:followed' returning id`,
    );
    const failed = { deliveryId: row?.id ?? '', attempts: 1, reason: 'closed' };
    accepted(await failDelivery({ ctx: asSystem(world.services), input: failed }));
    const notices = await world.query(`select 1 from deliveries where subject = 'delivery-failed'`);
    expect(notices).toEqual([]);
  });
});
