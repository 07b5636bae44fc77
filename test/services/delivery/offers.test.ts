import { afterEach, beforeEach, expect, it } from 'vitest';
import { decodeDestination } from '../../../src/core/address/destination.ts';
import { type Button, note } from '../../../src/core/card/card.ts';
import { lineText } from '../../../src/core/card/line.ts';
import { refreshCards } from '../../../src/jobs/cards/refresh-cards.ts';
import { watchRollouts } from '../../../src/jobs/operations/watch-rollouts.ts';
import { closePoll } from '../../../src/services/go-no-go/close-poll.ts';
import { pauseRelease } from '../../../src/services/lifecycle/pause-release.ts';
import { resumeRelease } from '../../../src/services/lifecycle/resume-release.ts';
import { rollBackRollout } from '../../../src/services/rollout/roll-back-rollout.ts';
import { channel, drainToTheEnd } from '../../jobs/outbox.ts';
import { openWorld, reading, type World } from '../../support/test-services.ts';
import { accepted, openDecision, planRelease, releaseAtOnePercent, voteGo, voters } from '../steps.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

/** Has everything posted and edited, the machine's clock moved by every wait. */
async function settle(): Promise<void> {
  await drainToTheEnd(world);
  const refresh = () => refreshCards(world.jobs, decodeDestination(channel));
  for (let wait = await refresh(); wait !== null; wait = await refresh()) world.wall.now += wait;
}

const find = (words: string) => {
  const found = world.platform.messages.filter(({ card }) => lineText(card.summary).includes(words));
  expect(found).toHaveLength(1);
  return found[0];
};
/** The labels of the buttons of the one message whose first line has these words. */
const buttonsOf = (words: string): string[] => {
  const blocks = find(words)?.card.blocks ?? [];
  const buttons = blocks.flatMap((block): Button[] => (block.type === 'actions' ? block.buttons : []));
  return buttons.map(({ label }) => label);
};

async function openPollWithAllVotes(): Promise<string> {
  await planRelease(world);
  const pollId = await openDecision(world);
  for (const person of voters) accepted(await voteGo(world, pollId, person));
  await settle();
  return pollId;
}

it('"all voted" asks for the close until the poll is closed, and then only says what was', async () => {
  const pollId = await openPollWithAllVotes();
  expect(buttonsOf('all 6 voted go')).toEqual(['Close now']);
  const [words, asked] = find('all 6 voted go')?.card.blocks ?? [];
  expect(lineText(asked?.type === 'paragraph' ? asked.content : [])).toMatch(/^Rita Moreno: close the/);
  accepted(await closePoll({ ctx: world.as('rita'), input: { pollId } }));
  await settle();
  expect(buttonsOf('all 6 voted go')).toEqual([]);
  const after = find('all 6 voted go')?.card.blocks;
  expect(after).toEqual([words, note('Out of date. The live card shows where things stand.')]);
});

it('"all voted" offers nothing while the release is paused', async () => {
  await openPollWithAllVotes();
  const input = { releaseKey: null, reason: 'Audit.', until: null };
  accepted(await pauseRelease({ ctx: world.as('rita'), input }));
  await settle();
  expect(buttonsOf('all 6 voted go')).toEqual([]);
  accepted(await resumeRelease({ ctx: world.as('rita'), input: { releaseKey: null } }));
  await settle();
  expect(buttonsOf('all 6 voted go')).toEqual(['Close now']);
});

it('an alert offers the rollback until one has been asked for', async () => {
  await releaseAtOnePercent(world);
  world.readings['error-rate'] = reading(0.333);
  await watchRollouts(world.jobs);
  await settle();
  expect(buttonsOf('at 1 %: FAILING')).toEqual(['Roll back…']);
  const input = { releaseKey: null, reason: 'Every third order fails.' };
  accepted(await rollBackRollout({ ctx: world.as('emil'), input }));
  await settle();
  expect(buttonsOf('at 1 %: FAILING')).toEqual([]);
});

it('a message that was deleted is not said again for the sake of its button', async () => {
  const pollId = await openPollWithAllVotes();
  const said = find('all 6 voted go');
  world.platform.messages = world.platform.messages.filter((message) => message !== said);
  accepted(await closePoll({ ctx: world.as('rita'), input: { pollId } }));
  await settle();
  const summaries = world.platform.shown(channel).filter((words) => words.includes('all 6 voted go'));
  expect(summaries).toEqual([]);
  expect(
    await world.query("select 1 from cards where kind = 'offer' and revision > rendered_revision"),
  ).toEqual([]);
});
