import { expect, it, onTestFinished } from 'vitest';
import { connectAccounts } from '../../../sandbox/bot/connect-accounts.ts';
import { identityOf, openWorld, personIdOf, secondIdentityOf } from '../../support/test-services.ts';
import { planRelease } from '../steps.ts';

it('lets nobody be asked whose accounts are connected from the beginning', async () => {
  const world = await openWorld(undefined, { platforms: 2 });
  onTestFinished(() => world.close());
  await world.query(`delete from identities where person_id = '${personIdOf('emil')}'`);
  const people = [{ name: 'Emil', accounts: [identityOf('emil'), secondIdentityOf('emil')] }];
  await connectAccounts(world.services, people);
  // As at the next start of the bot.
  await connectAccounts(world.services, people);
  await planRelease(world);

  const persons = await world.query<{ id: string }>(
    `select distinct person_id as id from identities where platform_id in ('${identityOf('emil').id}', '${secondIdentityOf('emil').id}')`,
  );
  expect(persons).toHaveLength(1);
  const roles = await world.query(`select role from release_people where person_id = '${persons[0]?.id}'`);
  expect(roles).not.toHaveLength(0);
  const asked = await world.query<{ destination: string }>(
    `select destination from deliveries where subject = 'account-match'`,
  );
  expect(asked).not.toHaveLength(0);
  expect(asked.filter(({ destination }) => destination.includes(identityOf('emil').id))).toHaveLength(0);
});
