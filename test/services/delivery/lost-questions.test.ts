import { afterEach, beforeEach, expect, it } from 'vitest';
import { decodeDestination } from '../../../src/core/address/destination.ts';
import { buttonsOf } from '../../../src/core/card/offered-buttons.ts';
import { cardText } from '../../../src/core/template/card-text.ts';
import { refreshCards } from '../../../src/jobs/cards/refresh-cards.ts';
import type { JobServices } from '../../../src/jobs/job-services.ts';
import { settleDelivery } from '../../../src/services/delivery/settle-delivery.ts';
import { openHome } from '../../../src/services/home/open-home.ts';
import { channel, drainToTheEnd, overChannel, putMessages } from '../../jobs/outbox.ts';
import { without } from '../../support/memory-platform.ts';
import { identityOf, idOf, openWorld, type PersonName, type World } from '../../support/test-services.ts';
import { accepted, openDecision, planRelease, voteGo, voters } from '../steps.ts';

let world: World;
let jobs: JobServices;
let releaseId: string;
beforeEach(async () => {
  world = await openWorld();
  jobs = overChannel(world.jobs, without(world.platform, 'find'));
  releaseId = await planRelease(world);
});
afterEach(() => world.close());

const uncertain = { result: 'unknown' as const, detail: 'no answer' };
const direct = (person: PersonName) => `slack:person:${idOf(person)}`;
const home = `slack:home:${idOf('rita')}`;

/** Sends everything that waits, whatever follows from it. Of what goes to `lost` nobody knows whether it arrives. */
async function sendAll(lost: readonly string[] = []): Promise<void> {
  for (;;) {
    const [next] = await world.query<{ destination: string }>(
      `select destination from deliveries where state = 'pending' order by seq limit 1`,
    );
    if (!next) return;
    const { destination } = next;
    world.platform.failPosts(destination, ...(lost.includes(destination) ? Array(20).fill(uncertain) : []));
    await drainToTheEnd(world, { jobs, destination });
  }
}

async function drawCards(): Promise<void> {
  const stale = await world.query<{ destination: string }>(
    'select distinct destination from cards where revision > rendered_revision and message_id is not null',
  );
  for (const { destination } of stale) {
    const refresh = () => refreshCards(jobs, decodeDestination(destination));
    for (let wait = await refresh(); wait !== null; wait = await refresh()) world.wall.now += wait;
  }
}

const places = ['bo', 'emil', 'dana', 'quinn', 'priya', 'sam', 'nina', 'rita'].map((person) =>
  direct(person as PersonName),
);
const everywhere = [channel, ...places];

async function loseOne(lost: readonly string[]): Promise<string> {
  await sendAll();
  const [id = ''] = await putMessages(world, ['one'], channel, releaseId);
  world.platform.failPosts(channel, uncertain);
  await drainToTheEnd(world, { jobs });
  await sendAll(lost);
  return id;
}

const asked = () =>
  world.query<{ destination: string; state: string }>(
    `select destination, state from deliveries where subject = 'delivery-unknown' order by seq`,
  );
const question = () => world.platform.messages.find(({ card }) => cardText(card).includes('arrive?'))?.card;
const labelsOf = (card = question()) => (card ? buttonsOf(card).map(({ label }) => label) : []);
const shownAt = (destination: string) =>
  world.platform.messages
    .filter((message) => message.destination === destination)
    .map(({ card }) => cardText(card));

it('a question that may not have reached the release manager is posted in the channel', async () => {
  await loseOne([direct('rita')]);
  expect(await asked()).toEqual([
    { destination: direct('rita'), state: 'unknown' },
    { destination: channel, state: 'sent' },
  ]);
});

it('a question that is lost sight of goes from place to place, to each once', async () => {
  await loseOne(everywhere);
  const destinations = (await asked()).map(({ destination }) => destination);
  expect(destinations).toEqual([direct('rita'), channel, ...(['bo', 'emil', 'dana'] as const).map(direct)]);
});

it('a message of which nobody knows stands on the live card and in the home until it is settled', async () => {
  accepted(await openHome({ ctx: world.as('rita'), input: { identity: identityOf('rita') } }));
  await openDecision(world);
  const deliveryId = await loseOne(everywhere);
  await drawCards();
  const poll = () => shownAt(channel).find((words) => words.includes('Go or no-go?'));
  expect(poll()).toContain('It is not known whether everything arrived at #release-deployment.');
  expect(poll()).toContain('Rita Moreno can settle it: "release schedule web-2.4.0".');
  expect(shownAt(home).at(-1)).toContain('web-2.4.0: did “one” arrive?');
  accepted(await settleDelivery({ ctx: world.as('rita'), input: { deliveryId, arrived: true } }));
  await drawCards();
  expect(poll()).not.toContain('It is not known');
  expect(shownAt(home).at(-1)).not.toContain('arrive?');
});

it('a question that is answered offers no answer any more, and has its answers again when nobody knows anew', async () => {
  const deliveryId = await loseOne([]);
  expect(labelsOf()).toEqual(['It arrived', 'Send it again']);
  accepted(await settleDelivery({ ctx: world.as('rita'), input: { deliveryId, arrived: false } }));
  await drawCards();
  expect(labelsOf()).toEqual([]);
  expect(cardText(question() ?? { summary: '', blocks: [] })).toContain('This is settled.');
  world.platform.failPosts(channel, uncertain);
  await drainToTheEnd(world, { jobs });
  await drawCards();
  expect(labelsOf()).toEqual(['It arrived', 'Send it again']);
});

it('a message that was given up offers to be sent again until it is', async () => {
  await sendAll();
  const [deliveryId = ''] = await putMessages(world, ['one'], channel, releaseId);
  world.platform.failPosts(channel, { result: 'refused', code: 'no', detail: 'too long' });
  await drainToTheEnd(world, { jobs });
  await sendAll();
  const notice = () =>
    world.platform.messages.find(({ card }) => cardText(card).includes('not be delivered'))?.card;
  expect(labelsOf(notice())).toEqual(['Send again']);
  accepted(await settleDelivery({ ctx: world.as('rita'), input: { deliveryId, arrived: false } }));
  await drawCards();
  expect(labelsOf(notice())).toEqual([]);
});

it('a text with buttons that arrived is not said twice for their sake', async () => {
  const pollId = await openDecision(world);
  await sendAll();
  for (const person of voters.slice(0, -1)) accepted(await voteGo(world, pollId, person));
  accepted(await voteGo(world, pollId, voters[5]));
  world.platform.failPosts(channel, { ...uncertain, arrived: true });
  await drainToTheEnd(world, { jobs });
  await sendAll();
  const [lost] = await world.query<{ id: string; card_id: string | null }>(
    `select id, card_id from deliveries where state = 'unknown'`,
  );
  expect(lost?.card_id).not.toBeNull();
  const settled = await settleDelivery({
    ctx: world.as('rita'),
    input: { deliveryId: lost?.id ?? '', arrived: true },
  });
  expect(accepted(settled)).toMatchObject({ arrived: true, isReplaced: false });
  await sendAll();
  await drawCards();
  expect(
    shownAt(channel).filter((words) => words.includes('all 6 voted go')),
    'posts',
  ).toHaveLength(1);
});
