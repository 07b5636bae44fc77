import { afterEach, beforeEach, expect, it } from 'vitest';
import { accountsCard } from '../../../src/bot/cards/answers/accounts-card.ts';
import { cancelRelease } from '../../../src/services/lifecycle/cancel-release.ts';
import { listAccounts } from '../../../src/services/people/list-accounts.ts';
import { rollBackRollout } from '../../../src/services/rollout/roll-back-rollout.ts';
import { openWorld, type PersonName, type World } from '../../support/test-services.ts';
import { accepted, linesOfBlock, planRelease, releaseAtOnePercent, runToTheEnd } from '../steps.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const reason = 'An audit.';
/** What `/release me` shows of somebody's roles. */
const roles = async (person: PersonName) =>
  accountsCard(accepted(await listAccounts(world.as(person))))
    .blocks.slice(2)
    .flatMap(linesOfBlock);

it('names the roles in a release that is under way', async () => {
  await planRelease(world);
  expect(await roles('quinn')).toEqual(['- QA Lead of web-2.4.0']);
  expect(await roles('nina')).toEqual([expect.stringMatching(/^You don't have a role in any release\./)]);
});

it('names those of the last release after it was rolled back', async () => {
  const releaseId = await releaseAtOnePercent(world);
  accepted(await rollBackRollout({ ctx: world.as('emil'), input: { releaseKey: null, reason: 'Errors.' } }));
  await runToTheEnd(world, releaseId);
  expect(await roles('quinn')).toEqual([
    'You have no role in a release that is under way. Your last roles:',
    '- QA Lead of web-2.4.0, which was rolled back',
  ]);
});

it('names only those that count once there is another release', async () => {
  await planRelease(world);
  accepted(await cancelRelease({ ctx: world.as('rita'), input: { releaseKey: null, reason } }));
  await planRelease(world, { release: 'web-2.5.0', version: '2.5.0' });
  expect(await roles('quinn')).toEqual(['- QA Lead of web-2.5.0']);
});
