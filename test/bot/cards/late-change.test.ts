import { describe, expect, it } from 'vitest';
import { notesCard } from '../../../src/bot/cards/answers/notes-card.ts';
import { changeRequestCard } from '../../../src/bot/cards/change-request/change-request-card.ts';
import { renderMessage } from '../../../src/bot/slack/render/message.ts';
import type { Card } from '../../../src/core/card/card.ts';
import { draftNotes } from '../../../src/core/notes/draft-notes.ts';
import { notesScopeDigest } from '../../../src/core/notes/scope-digest.ts';
import type { ChangeRequest } from '../../../src/db/queries/changes.ts';
import type { ReleaseNotes } from '../../../src/db/queries/notes.ts';
import { checkMessage } from '../slack/render/check-limits.ts';
import { exampleRelease } from './examples.ts';

const release = exampleRelease();
const at = new Date('2030-06-18T06:00:00Z');
const request: ChangeRequest = {
  ...{ id: '00000000-0000-4000-a000-000000000031', kind: 'add', list: 'fixes' },
  ...{ entry: 'The cart keeps its items', reason: 'Two customers have lost their carts.' },
  ...{ requestedById: 'somebody', requestedByName: 'Quinn Abara', requestedAt: at, state: 'open' },
  expiresAt: new Date('2030-06-18T08:00:00Z'),
  ...{ decidedByName: null, decidedAt: null, refusal: null },
};
const notes: ReleaseNotes = {
  ...{ releaseId: release.id, state: 'draft', revision: 1, ...draftNotes(release.plan) },
  ...{ scopeDigest: notesScopeDigest(release.plan), writtenByName: 'Rita Moreno', writtenAt: at },
  ...{ approvedWording: null, approvedByName: null, approvedAt: null },
  ...{ publishedTo: null, publishedByName: null, publishedAt: null },
};

/** The card is as its golden file says, and Slack takes it whole. */
async function expectGolden(name: string, card: Card): Promise<void> {
  expect(checkMessage(renderMessage(card))).toEqual([]);
  await expect(`${JSON.stringify(card, null, 2)}\n`).toMatchFileSnapshot(`./golden/${name}.golden.json`);
}
const buttonsOf = (card: Card) =>
  card.blocks.flatMap((block) => (block.type === 'actions' ? block.buttons.map(({ action }) => action) : []));

describe('the card of a late change', () => {
  it.each([
    ['late-change-open', {}],
    ['late-change-approved', { state: 'approved', decidedByName: 'Rita Moreno', decidedAt: at }],
    [
      'late-change-refused',
      { state: 'refused', decidedByName: 'Rita Moreno', decidedAt: at, refusal: 'It can wait for 2.4.1.' },
    ],
    ['late-change-withdrawn', { state: 'withdrawn', decidedByName: 'Quinn Abara', decidedAt: at }],
    ['late-change-lapsed', { state: 'lapsed', decidedAt: at }],
  ] as const)('is as in %s', async (name, changes) => {
    await expectGolden(name, changeRequestCard(release, { ...request, ...changes }));
  });

  it('has no buttons once nothing can be approved any more', () => {
    const ended = exampleRelease({ state: 'completed' });
    expect(buttonsOf(changeRequestCard(ended, request))).toEqual([]);
  });

  it('fits, however much somebody has written', () => {
    const long = { ...request, entry: 'x'.repeat(500), reason: '<@U1> *y* '.repeat(300) };
    expect(checkMessage(renderMessage(changeRequestCard(release, long)))).toEqual([]);
  });
});

describe('the card of release notes', () => {
  it('is as in notes-draft', () =>
    expectGolden(
      'notes-draft',
      notesCard(release, notes, () => true),
    ));

  it('offers what somebody may, and what the notes are ready for', () => {
    expect(buttonsOf(notesCard(release, notes, () => false))).toEqual([]);
    expect(buttonsOf(notesCard(release, notes, () => true))).toContain('approve-notes');
    const approved = { ...notes, state: 'approved' as const };
    expect(buttonsOf(notesCard(release, approved, () => true))).toContain('publish-notes');
    const outdated = { ...approved, scopeDigest: 'another' };
    expect(buttonsOf(notesCard(release, outdated, () => true))).toEqual(['edit-notes', 'redraft-notes']);
    const published = { ...approved, state: 'published' as const };
    expect(buttonsOf(notesCard(release, published, () => true))).toEqual([]);
  });
});
