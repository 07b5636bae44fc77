import { describe, expect, it } from 'vitest';
import { draftsCard } from '../../../src/bot/cards/answers/drafts-card.ts';
import { scheduleCard } from '../../../src/bot/cards/answers/schedule-card.ts';
import { draftCard } from '../../../src/bot/cards/draft/draft-card.ts';
import { homeCard } from '../../../src/bot/cards/home/home-card.ts';
import { renderMessage } from '../../../src/bot/slack/render/message.ts';
import type { Card } from '../../../src/core/card/card.ts';
import { lineText } from '../../../src/core/card/line.ts';
import { cardText } from '../../../src/core/template/card-text.ts';
import { checkMessage } from '../slack/render/check-limits.ts';
import { announcement, dueAt, exampleDraft, exampleDrafts } from './draft-examples.ts';
import { exampleRelease } from './examples.ts';

const release = exampleRelease({ state: 'in_planning' });
const priya = 'U-product_owner';

async function expectGolden(name: string, card: Card): Promise<void> {
  const message = renderMessage(card);
  expect(checkMessage(message)).toEqual([]);
  expect(JSON.stringify(message)).not.toContain('Shortened');
  await expect(`${JSON.stringify(card, null, 2)}\n`).toMatchFileSnapshot(`./golden/${name}.golden.json`);
}
const actionsOn = ({ blocks }: Card) =>
  blocks.flatMap((block) => (block.type === 'actions' ? block.buttons.map(({ action }) => action) : []));

describe('the card of a draft', () => {
  it.each(Object.entries(exampleDrafts))('%s', async (name, draft) => {
    await expectGolden(`draft-${name}`, draftCard(release, draft, priya));
  });

  it('of a release that was cancelled', async () => {
    const cancelled = exampleRelease({ state: 'cancelled' });
    const draft = exampleDraft({ itemState: 'withheld', note: 'Not sent: the release was cancelled.' });
    await expectGolden('draft-cancelled', draftCard(cancelled, draft, priya));
  });

  it('of a release that is paused', async () => {
    const pause = { since: dueAt - 86_400_000, until: null, reason: 'The tests take longer.' };
    await expectGolden('draft-paused', draftCard({ ...release, pause }, exampleDraft(), priya));
  });

  it('offers what can be done, to those who may', () => {
    const offered = Object.entries(exampleDrafts).map(([name, draft]) => [
      name,
      actionsOn(draftCard(release, draft, priya)),
    ]);
    expect(Object.fromEntries(offered)).toEqual({
      waiting: ['approve-draft', 'edit-draft', 'hold-draft'],
      edited: ['approve-draft', 'edit-draft', 'restore-draft', 'hold-draft'],
      approved: ['edit-draft', 'hold-draft'],
      voided: ['approve-draft', 'edit-draft', 'hold-draft'],
      held: ['release-draft', 'edit-draft'],
      late: ['approve-draft', 'edit-draft'],
      'late-held': ['release-draft', 'edit-draft'],
      sent: [],
      ended: [],
      blocked: [],
    });
    for (const draft of Object.values(exampleDrafts))
      expect(actionsOn(draftCard(release, draft, 'U-qa_lead'))).toEqual([]);
  });

  it('notifies nobody whom the message mentions', () => {
    const card = draftCard(release, exampleDraft(), priya);
    expect(JSON.stringify(card)).toContain('Tom Weber');
    expect(JSON.stringify(card)).not.toContain('"mention":true');
  });

  it('keeps its buttons when the message is as long as can be', () => {
    const long = {
      summary: 'Long',
      blocks: Array.from({ length: 45 }, () => paragraphOf('word '.repeat(40))),
    };
    const draft = exampleDraft({ proposal: announcement(0, { usual: long }) });
    const message = renderMessage(draftCard(release, draft, priya));
    expect(checkMessage(message)).toEqual([]);
    expect(JSON.stringify(message)).toContain('approve-draft');
  });
});

function paragraphOf(text: string) {
  return { type: 'paragraph' as const, content: [{ type: 'text' as const, text }] };
}

describe('the drafts of a release', () => {
  it('are listed with how they stand, what can be decided first', async () => {
    const drafts = ['sent', 'waiting', 'held', 'approved', 'late'].flatMap(
      (name) => exampleDrafts[name] ?? [],
    );
    await expectGolden('drafts', draftsCard(release, drafts, priya));
    const labels = ({ blocks }: Card) =>
      blocks.flatMap((block) => (block.type === 'actions' ? block.buttons.map(({ label }) => label) : []));
    const open = Array(4).fill('Show and decide');
    expect(labels(draftsCard(release, drafts, priya))).toEqual([...open, 'Show the draft']);
    expect(new Set(labels(draftsCard(release, drafts, 'U-qa_lead')))).toEqual(new Set(['Show the draft']));
  });

  it('are listed with a button below the words of each, however many there are', () => {
    const { approved, waiting } = exampleDrafts;
    const named = (draft: typeof waiting, title: string) =>
      draft === undefined ? [] : [{ ...draft, item: { ...draft.item, title } }];
    const many = Array.from({ length: 40 }, (_, index) => [
      ...named(approved, `Approved ${index}`),
      ...named(waiting, `Status page: planned maintenance of the payments, no. ${index}`),
    ]).flat();
    const { blocks } = renderMessage(draftsCard(release, many, priya));
    expect(JSON.stringify(blocks)).not.toContain('Shortened');
    expect(JSON.stringify(blocks)).toContain(
      '… and 68 more; those waiting for approval come first. See them all with ',
    );
    const beforeButtons = blocks.flatMap(({ type }, index) =>
      type === 'actions' ? [blocks[index - 1]] : [],
    );
    expect(beforeButtons).toHaveLength(12);
    for (const words of beforeButtons) expect(JSON.stringify(words)).toContain('no. ');
  });

  it('are none', async () => {
    await expectGolden('drafts-none', draftsCard(release, [], priya));
  });

  it('show in the schedule', () => {
    const draft = exampleDraft();
    const entry = { id: draft.communicationId, item: draft.item, note: null, dueAt };
    const planned = { ...entry, state: 'planned' as const };
    expect(cardText(scheduleCard(release, [planned], { drafts: [draft] }))).toContain(
      'customers read it: waits for the approval of Priya Raman',
    );
    const late = exampleDrafts.late ?? draft;
    const withheld = { ...entry, state: 'withheld' as const, note: late.note };
    expect(cardText(scheduleCard(release, [withheld], { drafts: [late] }))).toContain(
      'withheld (Not sent: nobody had approved it.); customers read it: goes out when Priya Raman approves it now',
    );
  });

  it('wait for their owner on their home', async () => {
    const waiting = ['waiting', 'late'].flatMap((name) => exampleDrafts[name] ?? []);
    const view = { ballots: [], coming: [], releases: [], others: [], mayPlan: false };
    const drafts = waiting.map((draft) => ({ release, draft }));
    const card = homeCard({ ...view, drafts, now: dueAt, personId: priya });
    await expectGolden('home-drafts', card);
    expect(actionsOn(card)).toEqual(['show-draft', 'show-draft']);
    const many = Array.from({ length: 7 }, () => ({ release, draft: exampleDraft() }));
    const long = homeCard({ ...view, drafts: many, now: dueAt, personId: priya });
    expect(long.blocks.map((block) => ('content' in block ? lineText(block.content) : '')).join()).toContain(
      '2 more wait for you',
    );
  });
});
