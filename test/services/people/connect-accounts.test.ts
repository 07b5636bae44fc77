import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runAction } from '../../../src/bot/interactions/run-action.ts';
import { runCommand } from '../../../src/bot/interactions/run-command.ts';
import type { Card } from '../../../src/core/card/card.ts';
import { lineText } from '../../../src/core/card/line.ts';
import { verifyAudit } from '../../../src/services/audit/verify-audit.ts';
import { castVote } from '../../../src/services/go-no-go/cast-vote.ts';
import { openHome } from '../../../src/services/home/open-home.ts';
import type { Ctx } from '../../../src/services/kernel/context.ts';
import { connectAccount } from '../../../src/services/people/connect-account.ts';
import { declineAccount } from '../../../src/services/people/decline-account.ts';
import { disconnectAccount } from '../../../src/services/people/disconnect-account.ts';
import { identifyPerson } from '../../../src/services/people/identify-person.ts';
import { preferAccount } from '../../../src/services/people/prefer-account.ts';
import { createRelease } from '../../../src/services/release/create-release.ts';
import {
  identityOf,
  openWorld,
  type PersonName,
  personIdOf,
  secondIdentityOf,
  type World,
} from '../../support/test-services.ts';
import { accepted, actionsOf, inWords, openDecision, planRelease, pollOf, voteGo } from '../steps.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld(undefined, { platforms: 2 });
});
afterEach(() => world.close());

/** A person by their account on the second platform. */
async function elsewhere(person: PersonName): Promise<Ctx> {
  const identity = secondIdentityOf(person);
  const known = await identifyPerson(world.services, identity, person);
  return { ...world.services, actor: { kind: 'person', ...known, identity, name: person } };
}

async function connect(person: PersonName): Promise<void> {
  accepted(await connectAccount({ ctx: world.as(person), input: secondIdentityOf(person) }));
  const both = await connectAccount({ ctx: await elsewhere(person), input: identityOf(person) });
  expect(accepted(both)).toMatchObject({ isConnected: true });
}

const voteElsewhere = async (pollId: string, person: PersonName) =>
  castVote({ ctx: await elsewhere(person), input: { pollId, choice: 'go', reason: null } });
const personOf = async (person: PersonName) => (await elsewhere(person)).actor;

/** What the people were asked about their accounts: where, and what the message says first. */
async function asked(): Promise<string[]> {
  const rows = await world.query<{ destination: string; content: Card }>(
    `select destination, content from deliveries where subject = 'account-match' order by seq`,
  );
  return rows.map(({ destination, content }) => `${destination}: ${lineText(content.summary)}`);
}

describe('an account that has the e-mail address of somebody with a role', () => {
  let pollId: string;
  let releaseId: string;
  beforeEach(async () => {
    releaseId = await planRelease(world);
    pollId = await openDecision(world);
  });

  it('has none of their rights, and is told what to do if it is theirs', async () => {
    const refused = inWords(await voteElsewhere(pollId, 'quinn'));
    expect(refused).toMatchObject({
      refusal: {
        code: 'not-permitted',
        hint: ['An account on Slack has your e-mail address. If it is yours, connect it with ', {}, '.'],
      },
    });
    expect((await pollOf(world, releaseId)).votes).toEqual([]);
  });

  it('is asked about on the side that has the role, once, however many plans name the person', async () => {
    const quinn = 'slack:person:U0QUINN: Is the account on Second with the address quinn@example.com yours?';
    expect((await asked()).filter((line) => line.includes('quinn'))).toEqual([quinn]);
    const before = await asked();
    await planRelease(world, { release: 'app-1.0' });
    expect(await asked()).toEqual(before);
  });

  it('has no right either when only one side has said that it is theirs, whichever it is', async () => {
    accepted(await connectAccount({ ctx: world.as('quinn'), input: secondIdentityOf('quinn') }));
    expect(await voteElsewhere(pollId, 'quinn')).toMatchObject({ refusal: { code: 'not-permitted' } });
    accepted(await connectAccount({ ctx: await elsewhere('dana'), input: identityOf('dana') }));
    expect(await voteElsewhere(pollId, 'dana')).toMatchObject({ refusal: { code: 'not-permitted' } });
    const { people } = await world
      .query<{ people: string }>('select count(*) as people from persons')
      .then(([row]) => row ?? { people: '' });
    expect(Number(people)).toBeGreaterThan(9);
  });

  it('is the same person once both sides have said so: one vote, which either may change', async () => {
    await connect('quinn');
    expect(await voteElsewhere(pollId, 'quinn')).toMatchObject({
      value: { roles: ['qa_lead'], changed: false },
    });
    expect(await voteGo(world, pollId, 'quinn')).toMatchObject({ value: { changed: true } });
    expect((await pollOf(world, releaseId)).votes).toMatchObject([{ personId: personIdOf('quinn') }]);
    expect(await actionsOf(world, releaseId)).toContain('account.connected');
    expect(await actionsOf(world, 'workspace')).toEqual(
      expect.arrayContaining(['account.claimed', 'account.connected']),
    );
    expect((await verifyAudit(world.services.db, world.services.trailKeys)).broken).toEqual([]);
  });

  it('is asked in one place only: a ballot is not doubled by a second account', async () => {
    await connect('quinn');
    const ballots = await world.query(`select 1 from cards where kind = 'ballot' and destination ~* 'quinn'`);
    expect(ballots).toHaveLength(1);
  });

  it('brings its home along', async () => {
    accepted(
      await openHome({ ctx: await elsewhere('quinn'), input: { identity: secondIdentityOf('quinn') } }),
    );
    await connect('quinn');
    expect(await world.query(`select subject_id from cards where kind = 'home'`)).toEqual([
      { subject_id: personIdOf('quinn') },
    ]);
  });

  it('may be the side that begins; the other is asked, and told of it', async () => {
    accepted(await connectAccount({ ctx: await elsewhere('quinn'), input: identityOf('quinn') }));
    expect((await asked()).filter((line) => line.includes('U0QUINN'))).toHaveLength(2);
    const both = await connectAccount({ ctx: world.as('quinn'), input: secondIdentityOf('quinn') });
    expect(accepted(both)).toMatchObject({ isConnected: true });
    expect(await personOf('quinn')).toMatchObject({ personId: personIdOf('quinn') });
  });

  it('stays somebody else when one side says that it is not theirs, and can be accepted later', async () => {
    accepted(await declineAccount({ ctx: world.as('quinn'), input: secondIdentityOf('quinn') }));
    const claimed = await connectAccount({ ctx: await elsewhere('quinn'), input: identityOf('quinn') });
    expect(accepted(claimed)).toMatchObject({ isConnected: false });
    expect(await voteElsewhere(pollId, 'quinn')).toMatchObject({ refusal: { code: 'not-permitted' } });
    const later = await connectAccount({ ctx: world.as('quinn'), input: secondIdentityOf('quinn') });
    expect(accepted(later)).toMatchObject({ isConnected: true });
  });

  it('is claimed once, however often the button is pressed', async () => {
    const press = async () => connectAccount({ ctx: await elsewhere('quinn'), input: identityOf('quinn') });
    for (const result of [await press(), await press()]) accepted(result);
    expect((await asked()).filter((line) => line.includes('U0QUINN'))).toHaveLength(2);
    await connect('dana');
    expect(await connectAccount({ ctx: world.as('dana'), input: secondIdentityOf('dana') })).toMatchObject({
      refusal: { code: 'wrong-state' },
    });
  });

  it('is connected once when both sides press at the same moment', async () => {
    const ctx = await elsewhere('quinn');
    const results = await Promise.all([
      connectAccount({ ctx, input: identityOf('quinn') }),
      connectAccount({ ctx: world.as('quinn'), input: secondIdentityOf('quinn') }),
    ]);
    expect(results.map((result) => accepted(result).isConnected).toSorted()).toEqual([false, true]);
  });

  it('is not theirs to connect with another e-mail address, also when it has changed in between', async () => {
    const dana = await connectAccount({ ctx: world.as('quinn'), input: secondIdentityOf('dana') });
    expect(dana).toMatchObject({ refusal: { code: 'not-permitted' } });
    accepted(await connectAccount({ ctx: world.as('quinn'), input: secondIdentityOf('quinn') }));
    const account = world.second.people.find(({ name }) => name === 'quinn');
    if (account) account.email = 'someone@example.com';
    const late = await connectAccount({ ctx: await elsewhere('quinn'), input: identityOf('quinn') });
    expect(late).toMatchObject({ refusal: { code: 'not-permitted' } });
  });

  it('becomes somebody else again when it is disconnected, and is not asked about anew', async () => {
    await connect('quinn');
    accepted(await voteElsewhere(pollId, 'quinn'));
    const before = await asked();
    accepted(await disconnectAccount({ ctx: world.as('quinn'), input: secondIdentityOf('quinn') }));
    expect(await voteElsewhere(pollId, 'quinn')).toMatchObject({ refusal: { code: 'not-permitted' } });
    expect((await pollOf(world, releaseId)).votes).toMatchObject([{ personId: personIdOf('quinn') }]);
    expect(await actionsOf(world, releaseId)).toContain('account.disconnected');
    await planRelease(world, { release: 'app-1.0' });
    expect((await asked()).filter((line) => line.includes('quinn'))).toEqual(
      before.filter((line) => line.includes('quinn')),
    );
  });

  it('can not take from a person the account by which they have their roles', async () => {
    await connect('quinn');
    const taken = await disconnectAccount({ ctx: await elsewhere('quinn'), input: identityOf('quinn') });
    expect(taken).toMatchObject({ refusal: { code: 'wrong-state' } });
    const own = await disconnectAccount({ ctx: await elsewhere('quinn'), input: secondIdentityOf('quinn') });
    expect(own).toMatchObject({ ok: true });
    expect(await voteGo(world, pollId, 'quinn')).toMatchObject({ ok: true });
  });

  it('gets their direct messages when they prefer it', async () => {
    await connect('quinn');
    accepted(await preferAccount({ ctx: world.as('quinn'), input: secondIdentityOf('quinn') }));
    await planRelease(world, { release: 'app-1.0' });
    await openDecision(world, 'app-1.0');
    const ballots = await world.query(
      `select destination from cards join releases on releases.id = cards.release_id
        where kind = 'ballot' and key = 'app-1.0' and destination ~ 'quinn' or destination = 'slack:person:U0QUINN'
        and key = 'app-1.0'`,
    );
    expect(ballots).toEqual([{ destination: 'second:person:29%3Aquinn%40second' }]);
  });
});

describe('a release that is planned on the second platform', () => {
  beforeEach(() => connect('rita'));
  const ballots = async () => {
    const rows = await world.query<{ destination: string }>(
      `select destination from cards where kind = 'ballot' order by destination`,
    );
    return rows.map(({ destination }) => destination.split(':')[0]);
  };

  it('is for the accounts of that platform, which get the ballots', async () => {
    accepted(await createRelease({ ctx: await elsewhere('rita'), input: { plan: world.plan } }));
    await openDecision(world);
    // Rita has two accounts and prefers neither; the channels of the release are on the first platform.
    expect(await ballots()).toEqual([...Array(5).fill('second'), 'slack'].toSorted());
  });

  it('leaves an address to the account that has roles by it already', async () => {
    await planRelease(world, { release: 'app-1.0' });
    accepted(await createRelease({ ctx: await elsewhere('rita'), input: { plan: world.plan } }));
    await openDecision(world, 'web-2.4.0');
    expect(await ballots()).toEqual(Array(6).fill('slack'));
  });
});

describe('two people who turn out to be one', () => {
  it('stay two while a plan requires a person of its own for each of their roles', async () => {
    const goNoGo = { ...world.plan.goNoGo, distinctPeople: true };
    await planRelease(world, { goNoGo });
    // Dana's account on the second platform has a role of its own, by an address that it had before.
    await elsewhere('dana');
    const [row] = await world.query<{ person_id: string }>(
      `select person_id from identities where platform = 'second'`,
    );
    await world.query(`update release_people set person_id = $1 where role = 'qa_lead'`, [row?.person_id]);
    accepted(await connectAccount({ ctx: world.as('dana'), input: secondIdentityOf('dana') }));
    const both = await connectAccount({ ctx: await elsewhere('dana'), input: identityOf('dana') });
    expect(inWords(both)).toMatchObject({
      refusal: {
        code: 'conditions-unmet',
        message: expect.stringContaining('requires a different person for each role'),
      },
    });
    expect(await personOf('dana')).not.toMatchObject({ personId: personIdOf('dana') });
  });
});

describe('the right to plan releases', () => {
  it('is not had by an account elsewhere with the address, until it is connected', async () => {
    const input = { plan: world.plan };
    const refused = await createRelease({ ctx: await elsewhere('rita'), input });
    expect(refused).toMatchObject({ refusal: { code: 'not-permitted', hint: expect.anything() } });
    await connect('rita');
    expect(await createRelease({ ctx: await elsewhere('rita'), input })).toMatchObject({ ok: true });
  });
});

describe('what people see and press', () => {
  const me = async (ctx: Ctx) => JSON.stringify(await runCommand({ ctx, name: 'release', words: 'me' }));
  const press = (ctx: Ctx, name: string, value: unknown) =>
    runAction({ ctx, name, value }).then((answer) => JSON.stringify(answer));

  it('leads from two accounts to one person and back', async () => {
    await planRelease(world);
    const [here, there] = [world.as('quinn'), await elsewhere('quinn')];
    expect(await me(there)).toContain('An account on Slack has your e-mail address, quinn@example.com.');
    expect(await press(there, 'connect-account', identityOf('quinn'))).toContain('Now say the same on Slack');
    expect(await me(there)).toContain('You have said that it is yours.');
    expect(await press(here, 'connect-account', secondIdentityOf('quinn'))).toContain('Connected');
    const connected = await me(await elsewhere('quinn'));
    expect(connected).toContain('QA Lead of web-2.4.0');
    expect(connected).toContain('Disconnect Second');
    expect(connected).not.toContain('Disconnect Slack');
    expect(await press(here, 'prefer-account', secondIdentityOf('quinn'))).toContain('on Second');
    expect(await press(here, 'disconnect-account', secondIdentityOf('quinn'))).toContain('is disconnected');
    expect(await me(await elsewhere('quinn'))).toContain("You don't have a role in any release.");
    expect(await press(await elsewhere('quinn'), 'decline-account', identityOf('quinn'))).toContain('Noted');
  });
});
