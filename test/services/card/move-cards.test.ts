import { afterEach, beforeEach, expect, it } from 'vitest';
import { decodeDestination } from '../../../src/core/address/destination.ts';
import type { Plan } from '../../../src/core/plan/plan.ts';
import { isPollShown, isRolloutShown } from '../../../src/db/queries/is-rollout-shown.ts';
import { refreshCards } from '../../../src/jobs/cards/refresh-cards.ts';
import { editRelease } from '../../../src/services/lifecycle/edit-release.ts';
import { callsOf, drainToTheEnd } from '../../jobs/outbox.ts';
import { goLive, openWorld, type World } from '../../support/test-services.ts';
import {
  accepted,
  actionsOf,
  approvedRelease,
  openDecision,
  planRelease,
  playUntil,
  promoteAndConfirm,
} from '../steps.ts';

const before = 'slack:channel:C-release-deployment';
const after = 'slack:channel:C-sales';
const manager = 'slack:person:U0RITA';
const closed = { result: 'closed', code: 'is_archived', detail: 'Archived. Unarchive it.' } as const;

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const editTo = (channel: string, changes: Partial<Plan> = {}) =>
  editRelease({
    ctx: world.as('rita'),
    input: { plan: { ...world.plan, channels: { ...world.plan.channels, release: [channel] }, ...changes } },
  });
/** Has everything posted and edited at both places, the machine's clock moved by every wait. */
async function settle(): Promise<void> {
  for (const destination of [before, after]) {
    await drainToTheEnd(world, { destination });
    world.wall.now += 1_000;
    await refreshCards(world.jobs, decodeDestination(destination));
  }
}
async function openRollout(): Promise<string> {
  const releaseId = await approvedRelease(world);
  await playUntil(world, goLive);
  await promoteAndConfirm(world, releaseId);
  return releaseId;
}
const cardsOf = (kind: string) =>
  world.query<{ destination: string; is_left: boolean }>(
    'select destination, left_since is not null as is_left from cards where kind = $1 order by destination',
    [kind],
  );

it('the card of an open poll is opened at the new place, and the one before says where it is', async () => {
  const releaseId = await planRelease(world);
  const pollId = await openDecision(world);
  expect(await isPollShown(world.services.db, pollId)).toBe(false);
  await settle();
  expect(await isPollShown(world.services.db, pollId)).toBe(true);
  accepted(await editTo('#sales'));
  expect(await isPollShown(world.services.db, pollId)).toBe(false);
  await settle();
  expect(await isPollShown(world.services.db, pollId)).toBe(true);
  expect(await cardsOf('poll')).toEqual([
    { destination: before, is_left: true },
    { destination: after, is_left: false },
  ]);
  expect(world.platform.shown(before)).toContain('The go/no-go card of web-2.4.0 has moved to #sales');
  const shownAt = (place: string) =>
    JSON.stringify(world.platform.messages.filter(({ destination }) => destination === place));
  expect(shownAt(before)).not.toContain('close-poll');
  expect(shownAt(after)).toContain('close-poll');
  expect(await actionsOf(world, releaseId)).toContain('card.moved');
});

it('the card of a poll that is closed stays where it is', async () => {
  await approvedRelease(world);
  await settle();
  accepted(await editTo('#sales'));
  expect(await cardsOf('poll')).toEqual([{ destination: before, is_left: false }]);
});

it('the card of the rollout follows while it is under way, and back again', async () => {
  await openRollout();
  await settle();
  accepted(await editTo('#sales'));
  expect(await isRolloutShown(world.services.db, 'web-2.4.0')).toBe(false);
  await settle();
  expect(world.platform.shown(before)).toContain('The rollout card of web-2.4.0 has moved to #sales');
  expect(await isRolloutShown(world.services.db, 'web-2.4.0')).toBe(true);
  accepted(await editTo('#release-deployment'));
  await settle();
  expect(world.platform.shown(before)).not.toContain('The rollout card of web-2.4.0 has moved to #sales');
  expect(world.platform.shown(after)).toContain(
    'The rollout card of web-2.4.0 has moved to #release-deployment',
  );
});

it('nobody is asked to mend a place that the card has left', async () => {
  await openRollout();
  await settle();
  accepted(await editTo('#sales'));
  world.platform.failUpdates(before, ...Array(50).fill(closed));
  await settle();
  await drainToTheEnd(world, { destination: manager });
  expect(callsOf(world, 'post', manager).map(({ text }) => text)).not.toContain(
    "web-2.4.0: the card in #release-deployment can't be updated",
  );
  const edits = callsOf(world, 'update', before).length;
  await world.query('update cards set revision = revision + 1');
  await settle();
  expect(callsOf(world, 'update', before)).toHaveLength(edits);
});

it('a card that could not be posted at a place any more is not posted there later', async () => {
  await openRollout();
  accepted(await editTo('#sales'));
  expect(await cardsOf('rollout')).toEqual([{ destination: after, is_left: false }]);
  expect(
    await world.query(`select from deliveries where subject = 'card:rollout' and destination = $1`, [before]),
  ).toEqual([]);
});

it('a card whose first post moves with it still carries out its item of the schedule', async () => {
  await openRollout();
  const carried = () =>
    world.query<{ key: string; destination: string }>(
      `select c.item ->> 'key' as key, d.destination from deliveries d
        join communications c on c.id = d.communication_id where d.subject = 'card:rollout'`,
    );
  const [{ key } = { key: 'none' }] = await carried();
  accepted(await editTo('#sales'));
  expect(await carried()).toEqual([{ key, destination: after }]);
});

it('nothing but channels can be changed while the rollout is under way', async () => {
  await openRollout();
  expect(await editTo('#sales', { summary: 'Other.' })).toMatchObject({
    refusal: {
      code: 'wrong-state',
      message:
        'web-2.4.0 is in progress: only its channels and links can still be changed. This plan also changes summary, so nothing was saved.',
    },
  });
  expect(await cardsOf('rollout')).toEqual([{ destination: before, is_left: false }]);
});
