import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { identifyPerson } from '../../../src/services/people/identify-person.ts';
import { createRelease } from '../../../src/services/release/create-release.ts';
import { identityOf, openWorld, personIdOf, type World } from '../../support/test-services.ts';
import { accepted, auditOf, openDecision, planRelease, releaseOf, voteGo } from '../steps.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

describe('who asks', () => {
  it('is the same person by the same account, and is known to no other platform by its id', async () => {
    const rita = identityOf('rita');
    expect(await identifyPerson(world.services, rita, 'rita')).toBe(personIdOf('rita'));
    const other = await identifyPerson(world.services, { ...rita, platform: 'teams' }, 'rita');
    expect(other).not.toBe(personIdOf('rita'));
  });

  it('becomes one person, however many of their first requests come at the same moment', async () => {
    const first = { platform: 'slack', id: 'U0NEW' };
    const requests = Array.from({ length: 8 }, () => identifyPerson(world.services, first, 'new\0comer'));
    const ids = new Set(await Promise.all(requests));
    expect(ids.size).toBe(1);
    expect(await world.query('select name from persons where id = $1', [...ids])).toEqual([
      { name: 'newcomer' },
    ]);
    expect(await world.query(`select person_id from identities where platform_id = 'U0NEW'`)).toHaveLength(1);
  });
});

describe('whom a plan names', () => {
  it('stays the person who has clicked before, and is known by the address from now on', async () => {
    await planRelease(world);
    const quinn = await world.query(`select person_id, email from identities where platform_id = 'U0QUINN'`);
    expect(quinn).toEqual([{ person_id: personIdOf('quinn'), email: 'quinn@example.com' }]);
  });

  it('is somebody new when the address went to another account of the same platform', async () => {
    const before = await planRelease(world);
    const quinn = world.platform.people.find(({ id }) => id === 'U0QUINN');
    if (quinn) quinn.id = 'U0SUCCESSOR';
    const after = await planRelease(world, { release: 'app-1.0' });
    const qaLead = async (id: string) =>
      (await releaseOf(world, id)).people.find(({ role }) => role === 'qa_lead');
    expect(await qaLead(before)).toMatchObject({
      personId: personIdOf('quinn'),
      identities: [identityOf('quinn')],
    });
    const successor = await qaLead(after);
    expect(successor?.identities).toEqual([{ platform: 'slack', id: 'U0SUCCESSOR' }]);
    expect(successor?.personId).not.toBe(personIdOf('quinn'));
  });

  it('is connected once by two plans at the same moment', async () => {
    const keys = ['app-1.0', 'app-1.1', 'app-1.2', 'app-1.3'];
    await world.query('delete from identities');
    await world.query('delete from persons');
    const people = await identifyPerson(world.services, identityOf('rita'), 'rita');
    const rita = { kind: 'person' as const, personId: people, identity: identityOf('rita'), name: 'rita' };
    const ctx = { ...world.services, actor: rita };
    const plans = keys.map((release) => createRelease({ ctx, input: { plan: { ...world.plan, release } } }));
    for (const planned of await Promise.all(plans)) accepted(planned);
    const named = await world.query('select distinct person_id from release_people');
    expect(named).toHaveLength((await world.query('select distinct email from release_people')).length);
  });
});

it('is written into the audit trail by the account that they used', async () => {
  const releaseId = await planRelease(world);
  const pollId = await openDecision(world);
  accepted(await voteGo(world, pollId, 'quinn'));
  expect((await auditOf(world, releaseId)).at(-1)).toMatchObject({
    action: 'vote.cast',
    actor: 'slack:U0QUINN',
  });
});
