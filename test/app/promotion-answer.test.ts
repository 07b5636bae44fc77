import { afterEach, beforeEach, expect, it } from 'vitest';
import { promotionAnswer } from '../../src/bot/interactions/promotion-answer.ts';
import { lineText } from '../../src/core/card/line.ts';
import { isRolloutShown } from '../../src/db/queries/is-rollout-shown.ts';
import { drainToTheEnd } from '../jobs/outbox.ts';
import { approvedRelease, playUntil } from '../services/steps.ts';
import { goLive, openWorld, type World } from '../support/test-services.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
  await approvedRelease(world);
  await playUntil(world, goLive);
});
afterEach(() => world.close());

const answer = async () => {
  const promotion = { releaseKey: 'web-2.4.0', operationId: 'x', awaits: null, fromPercent: 0, toPercent: 1 };
  const isShown = await isRolloutShown(world.services.db, promotion.releaseKey);
  return lineText(promotionAnswer(promotion, { isShown }));
};

it('points to the card of the rollout', async () => {
  await drainToTheEnd(world);
  expect(await answer()).toMatch(/has started\. The card updates when it's confirmed\.$/);
});

it.each([
  ['was not posted', async () => undefined],
  [
    'can not be edited, since its place is closed',
    async () => {
      await drainToTheEnd(world);
      await world.query('update cards set closed_since = now()');
    },
  ],
  [
    'can not be edited, since what it has to show is refused',
    async () => {
      await drainToTheEnd(world);
      await world.query('update cards set refused_since = now()');
    },
  ],
])('promises nothing of a card that %s', async (_what, prepare) => {
  await prepare();
  expect(await answer()).toMatch(/has started\. Check with .*status web-2\.4\.0.* whether it's confirmed\.$/);
});
