import { cardOfEdited, type EditedText } from '../../../core/approval/edited-text.ts';
import { type Block, type Button, type Card, note, paragraph } from '../../../core/card/card.ts';
import { type Line, line } from '../../../core/card/line.ts';
import { localDate } from '../../../core/card/local-date.ts';
import { isUnfinished } from '../../../core/notes/draft-notes.ts';
import type { ReleaseCapability } from '../../../core/permissions/capabilities.ts';
import { AUDIENCE_TITLES } from '../../../core/plan/audiences.ts';
import type { Release } from '../../../db/queries/load-release.ts';
import type { ReleaseNotes } from '../../../db/queries/notes.ts';
import { isOutdated } from '../../../services/notes/load-notes.ts';
import { releaseName } from '../parts/release-name.ts';

const titles = {
  draft: { mark: '📝', words: 'Release notes: draft' },
  approved: { mark: '✅', words: 'Release notes: approved' },
  published: { mark: '📣', words: 'Release notes: published' },
} as const;

/** The release notes as they would be posted, how they stand, and what this person can do. */
export function notesCard(
  release: Release,
  notes: ReleaseNotes,
  may: (capability: ReleaseCapability) => boolean,
): Card {
  const { mark, words } = titles[notes.state];
  const buttons = buttonsFor(release, notes, may);
  return {
    summary: `${words} (${release.key})`,
    blocks: [
      { type: 'header', text: `${mark} ${words} · ${releaseName(release)}` },
      ...standing(release, notes).map((one) => paragraph(one)),
      { type: 'divider' },
      ...preview(notes),
      { type: 'divider' },
      note('Nothing in it is read as formatting, except lists and web addresses.'),
      ...(buttons.length > 0 ? [{ type: 'actions' as const, buttons }] : []),
    ],
  };
}

function standing(release: Release, notes: ReleaseNotes): Line[] {
  const { zone } = release.plan.goLive;
  const at = (instant: Date | null) => localDate(instant?.getTime() ?? 0, zone);
  const { state, writtenByName, approvedByName, publishedByName, publishedTo } = notes;
  const decided =
    state === 'published'
      ? line`Published by ${publishedByName ?? ''} ${at(notes.publishedAt)} to ${publishedTo === null ? '' : AUDIENCE_TITLES[publishedTo]}. They stay as they are.`
      : state === 'approved'
        ? line`Approved by ${approvedByName ?? ''} ${at(notes.approvedAt)}. Ready to be published.`
        : line`Written by ${writtenByName} ${at(notes.writtenAt)}. Next: they have to be approved.`;
  return [
    decided,
    ...(state !== 'published' && isOutdated(release, notes)
      ? ['⚠️ The scope has changed since. Edit them, or draft them again.']
      : []),
    ...(isUnfinished(notes) ? ['⚠️ Parts in brackets still have to be written.'] : []),
  ];
}

function preview(text: EditedText): Block[] {
  return cardOfEdited(text).blocks.map((block) =>
    block.type === 'header' ? { type: 'header', text: block.text } : block,
  );
}

function buttonsFor(
  release: Release,
  notes: ReleaseNotes,
  may: (capability: ReleaseCapability) => boolean,
): Button[] {
  const { state, revision } = notes;
  if (state === 'published') return [];
  const value = JSON.stringify({ releaseKey: release.key, revision });
  const canDecide = !isOutdated(release, notes) && !isUnfinished(notes);
  const buttons: (Button & { needs: ReleaseCapability; isOffered: boolean })[] = [
    {
      needs: 'notes.approve',
      isOffered: state === 'draft' && canDecide,
      ...{ action: 'approve-notes', label: 'Approve', style: 'primary', value },
    },
    {
      needs: 'notes.publish',
      isOffered: state === 'approved' && canDecide,
      ...{ action: 'publish-notes', label: 'Publish…', style: 'primary', value },
    },
    { needs: 'notes.edit', isOffered: true, ...{ action: 'edit-notes', label: 'Edit…', value } },
    {
      needs: 'notes.edit',
      isOffered: true,
      ...{ action: 'redraft-notes', label: 'Draft again', value },
      confirm: {
        title: 'Draft the notes again?',
        text: 'They are made from the plan as it is now. What was written by hand is replaced.',
        confirm: 'Draft again',
        deny: 'Keep them',
      },
    },
  ];
  return buttons
    .filter(({ needs, isOffered }) => isOffered && may(needs))
    .map(({ needs: _needs, isOffered: _isOffered, ...button }) => button);
}
