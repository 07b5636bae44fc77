import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runAction } from '../../../src/bot/interactions/run-action.ts';
import { decodeDestination, encodeDestination } from '../../../src/core/address/destination.ts';
import { refreshCards } from '../../../src/jobs/cards/refresh-cards.ts';
import type { JobServices } from '../../../src/jobs/job-services.ts';
import { castVote } from '../../../src/services/go-no-go/cast-vote.ts';
import type { Ctx } from '../../../src/services/kernel/context.ts';
import { connectAccount } from '../../../src/services/people/connect-account.ts';
import { identifyPerson } from '../../../src/services/people/identify-person.ts';
import { drainToTheEnd } from '../../jobs/outbox.ts';
import { type MemoryPlatform, without } from '../../support/memory-platform.ts';
import {
  identityOf,
  openWorld,
  type PersonName,
  secondIdentityOf,
  type World,
} from '../../support/test-services.ts';
import { accepted, actionsOf, openDecision, planRelease, voteGo } from '../steps.ts';

const here = 'slack:channel:C-release-deployment';
const there = 'second:channel:C-release-deployment';

let world: World;
let jobs: JobServices;
let releaseId: string;
beforeEach(async () => {
  world = await openWorld(undefined, { platforms: 2 });
  // The second platform can't look a message up.
  const channels = new Map([...world.services.channels, ['second', without(world.second, 'find')] as const]);
  jobs = { ...world.jobs, channels };
  const channelsOfPlan = {
    ...world.plan.channels,
    release: ['#release-deployment', 'second:release-deployment'],
  };
  // Sam has an account on the second platform only.
  world.platform.people = world.platform.people.filter(({ name }) => name !== 'sam');
  releaseId = await planRelease(world, { channels: channelsOfPlan });
});
afterEach(() => world.close());

async function elsewhere(person: PersonName): Promise<Ctx> {
  const identity = secondIdentityOf(person);
  const known = await identifyPerson(world.services, identity, person);
  return { ...world.services, actor: { kind: 'person', ...known, identity, name: person } };
}

/** Sends what waits, and draws every card that is behind. */
async function settle(): Promise<void> {
  const waiting = await world.query<{ destination: string }>(
    `select distinct destination from deliveries where state = 'pending' order by 1`,
  );
  for (const { destination } of waiting) await drainToTheEnd(world, { jobs, destination });
  const drawn = await world.query<{ destination: string }>(
    'select distinct destination from cards order by 1',
  );
  for (const { destination } of drawn) {
    const refresh = () => refreshCards(jobs, decodeDestination(destination));
    for (let wait = await refresh(); wait !== null; wait = await refresh()) world.wall.now += wait;
  }
}

/** What a place shows as the live card of the poll, in words that tell the votes. */
function pollAt(platform: MemoryPlatform, destination: string): string[] {
  return platform.messages
    .filter((message) => message.destination === destination)
    .map(({ card }) => JSON.stringify(card.blocks))
    .filter((blocks) => blocks.includes('vote-go'));
}

describe('one audience with channels on two platforms', () => {
  it('gets every message on both', async () => {
    await settle();
    const planned = expect.stringContaining('web-2.4.0 is planned for');
    expect(world.platform.shown(here)).toEqual([planned]);
    expect(world.second.shown(there)).toEqual([planned]);
  });

  it('has one live card on each, and a vote by either platform shows on both', async () => {
    const pollId = await openDecision(world);
    await settle();
    const both = () => [pollAt(world.platform, here), pollAt(world.second, there)];
    expect(both().map((cards) => cards.length)).toEqual([1, 1]);
    accepted(
      await castVote({ ctx: await elsewhere('sam'), input: { pollId, choice: 'no_go', reason: 'Not yet.' } }),
    );
    accepted(await voteGo(world, pollId, 'quinn'));
    await settle();
    for (const [shown] of both()) {
      expect(shown).toContain('Not yet.');
      expect(shown).toContain('Quinn');
    }
    expect(both().map((cards) => cards.length)).toEqual([1, 1]);
  });

  it('asks each voter once, where they can be reached', async () => {
    await openDecision(world);
    const ballots = await world.query<{ destination: string }>(
      `select destination from cards where kind = 'ballot' order by 1`,
    );
    const sam = encodeDestination({ channel: 'second', kind: 'person', id: secondIdentityOf('sam').id });
    const at = ballots.map(({ destination }) => destination);
    expect(at).toHaveLength(6);
    expect(at.filter((one) => one.startsWith('second'))).toEqual([sam]);
  });

  it('asks a voter by their other account once the first one takes no messages, with what they missed', async () => {
    await connect('quinn');
    await openDecision(world);
    world.platform.failPosts('slack:person:U0QUINN', {
      result: 'refused',
      code: 'gone',
      detail: 'The account was deactivated.',
      recipientIsGone: true,
    });
    await settle();
    await settle();
    const quinn = encodeDestination({ channel: 'second', kind: 'person', id: secondIdentityOf('quinn').id });
    expect(pollAt(world.second, quinn)).toHaveLength(1);
    expect(await world.query(`select 1 from deliveries where subject = 'delivery-failed'`)).toEqual([]);
  });
});

async function connect(person: PersonName): Promise<void> {
  accepted(await connectAccount({ ctx: world.as(person), input: secondIdentityOf(person) }));
  accepted(await connectAccount({ ctx: await elsewhere(person), input: identityOf(person) }));
  await world.query(`delete from deliveries where subject = 'account-match'`);
}

describe('a live card of which nobody knows whether it arrived', () => {
  const uncertain = { result: 'unknown' as const, detail: 'no answer', arrived: true };
  const press = async (arrived: boolean) => {
    const [row] = await world.query<{ id: string }>(`select id from deliveries where state = 'unknown'`);
    const value = { deliveryId: row?.id, arrived };
    const answer = await runAction({ ctx: world.as('rita'), name: 'settle-delivery', value });
    return { answer: JSON.stringify(answer), again: () => again(value) };
  };
  const again = async (value: object) =>
    JSON.stringify(await runAction({ ctx: world.as('rita'), name: 'settle-delivery', value }));
  let pollId: string;
  beforeEach(async () => {
    await settle();
    pollId = await openDecision(world);
    world.second.failPosts(there, uncertain);
    await settle();
    await settle();
  });

  it('is not repeated by itself; the release manager is asked', async () => {
    world.wall.now += 86_400_000;
    await settle();
    expect(pollAt(world.second, there)).toHaveLength(1);
    expect(world.platform.shown('slack:person:U0RITA')).toContain(
      'web-2.4.0: did a message to second:release-deployment arrive?',
    );
  });

  it('is followed by one that can be kept up to date when it arrived', async () => {
    const pressed = await press(true);
    expect(pressed.answer).toContain('a new one follows below it');
    await settle();
    accepted(await voteGo(world, pollId, 'quinn'));
    await settle();
    const [dead, live] = pollAt(world.second, there);
    expect(dead).not.toEqual(live);
    expect(live).toContain('1 of 6');
    expect(await pressed.again()).toContain('already settled');
    await settle();
    expect(pollAt(world.second, there)).toHaveLength(2);
    expect(await actionsOf(world, releaseId)).toContain('delivery.settled');
  });

  it('is sent again when it did not', async () => {
    const pressed = await press(false);
    await settle();
    expect(await pressed.again()).toContain('already settled');
    await settle();
    expect(pollAt(world.second, there)).toHaveLength(2);
  });
});
