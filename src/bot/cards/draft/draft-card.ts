import { describeChanges } from '../../../core/approval/describe-changes.ts';
import { draftButtons } from '../../../core/approval/draft-buttons.ts';
import type { DraftStanding } from '../../../core/approval/draft-standing.ts';
import { approveBy } from '../../../core/approval/draft-times.ts';
import { messageOf } from '../../../core/approval/proposal.ts';
import { describeInstant } from '../../../core/calendar/describe-instant.ts';
import { type Block, type Card, note, paragraph, text } from '../../../core/card/card.ts';
import { inlines, type Line, line } from '../../../core/card/line.ts';
import { countdown, localDate } from '../../../core/card/local-date.ts';
import { pausePhrase } from '../../../core/messages/pause-message.ts';
import { type Draft, standingOf } from '../../../db/queries/drafts.ts';
import type { Release } from '../../../db/queries/load-release.ts';
import { capitalize } from '../../../lib/capitalize.ts';
import { endedBecause } from '../../../services/approval/load-for-decision.ts';
import { mayDecide } from '../../../services/approval/who-decides.ts';
import { placesOf } from '../../../services/kernel/places-of.ts';
import { draftTitle } from '../parts/draft-title.ts';
import { lines } from '../parts/lines.ts';
import { releaseName } from '../parts/release-name.ts';
import { previewBlocks } from './preview-blocks.ts';

/** A message that customers read, with how it stands, how it would look, and what this person may decide. */
export function draftCard(release: Release, draft: Draft, personId: string | null): Card {
  const standing = standingOf(draft, release);
  const { mark, words, summary } = draftTitle(standing);
  const { title } = draft.item;
  const buttons = mayDecide(release, draft.item, personId)
    ? draftButtons(draft, {
        standing: draft.proposal.usual === null && standing !== 'held' ? 'ended' : standing,
        isEdited: draft.proposal.edited !== null,
        due: describeInstant(draft.item.dueAt ?? draft.missedAt?.getTime() ?? 0, release.plan.goLive.zone),
      })
    : [];
  return {
    summary: `${summary}: ${title} (${release.key})`,
    blocks: [
      { type: 'header', text: `${mark} ${words} ${title} · ${releaseName(release)}` },
      ...lines(...standingLines(release, draft)),
      ...holdReason(release, draft),
      ...changedSince(release, draft),
      ...preview(draft, standing),
      ...(buttons.length > 0 ? [{ type: 'actions' as const, buttons }] : []),
    ],
  };
}

function standingLines(release: Release, draft: Draft): (Line | null)[] {
  const { plan, pause } = release;
  const { zone } = plan.goLive;
  const standing = standingOf(draft, release);
  const paused =
    pause && standing !== 'sent' && standing !== 'ended'
      ? line`⏸ The release is ${pausePhrase(pause, zone)}. Nothing goes out while it is paused.`
      : null;
  const edited =
    draft.editedByName !== null && draft.editedAt !== null
      ? line`Text written by ${draft.editedByName}, ${localDate(draft.editedAt.getTime(), zone)}`
      : null;
  return [...mainLines(release, draft), edited, paused];
}

function mainLines(release: Release, draft: Draft): (Line | null)[] {
  const { zone } = release.plan.goLive;
  const at = (instant: Date | null) => localDate(instant?.getTime() ?? 0, zone);
  const where = placesOf(release, draft.item.addresses);
  const due = dueWords(release, draft);
  const approved =
    draft.approvedByName === null ? null : line`Approved by ${draft.approvedByName}, ${at(draft.approvedAt)}`;
  switch (standingOf(draft, release)) {
    case 'waiting':
      return [line`Customers read it in ${where}`, line`Due: ${due}. Without approval, it won't be sent.`];
    case 'approved':
      return [approved, line`It goes to ${where}, exactly as approved`, line`Due: ${due}`];
    case 'held':
      return [
        line`On hold since ${at(draft.heldAt)}, by ${draft.heldByName ?? 'somebody'}`,
        line`For ${where}. Due: ${due}. It isn't sent unless the hold is released and it is approved.`,
      ];
    case 'late':
    case 'late-held':
      return [
        line`Customers have not been told. It was due ${lateWords(release, draft)} in ${where}.`,
        whyNot(draft.note),
      ];
    case 'sent':
      return [line`Sent ${at(draft.settledAt)} to ${where}`, approved];
    case 'ended':
      return [whyNot(endedBecause(release, draft))];
  }
}

/** The title says that it was not sent. */
function whyNot(note: string | null): string | null {
  return note ? capitalize(note.replace(/^Not sent: /, '')) : null;
}

/** When it goes out: an instant with how far off it is, or the event in words. */
function dueWords({ plan }: Release, { item }: Draft): Line {
  if (item.dueAt === null) return item.localTime;
  return line`${countdown(approveBy(plan, item), plan.goLive.zone)}`;
}

function lateWords({ plan }: Release, { item, missedAt }: Draft): Line {
  return line`${localDate(item.dueAt ?? missedAt?.getTime() ?? 0, plan.goLive.zone)}`;
}

function holdReason(release: Release, draft: Draft): Block[] {
  const standing = standingOf(draft, release);
  const isHeld = standing === 'held' || standing === 'late-held';
  return isHeld && draft.holdReason !== null ? [{ type: 'quote', content: [text(draft.holdReason)] }] : [];
}

/** What has changed since an approval that no longer holds. */
function changedSince(release: Release, draft: Draft): Block[] {
  const standing = standingOf(draft, release);
  if (draft.approved === null || (standing !== 'waiting' && standing !== 'late')) return [];
  const changes = describeChanges(draft.approved, draft.proposal, release.plan.goLive.zone);
  if (changes.length === 0) return [];
  const who = draft.approvedByName ?? 'Somebody';
  return [
    paragraph(`⚠️ ${who} had approved it before this changed:`),
    { type: 'list', ordered: false, items: changes.map((change) => inlines(change)) },
  ];
}

/** What is shown of a message that does not go out any more. */
const previewWords: { [Standing in DraftStanding]?: string } = {
  sent: 'as it went out',
  ended: 'as it would have gone out',
};

/** The message as it would go out: the same in each of its places. */
function preview({ proposal, item }: Draft, standing: DraftStanding): Block[] {
  const message = messageOf(proposal);
  if (message === null) {
    return [note(`As things stand, nothing goes out. ${proposal.blocked ?? ''}`.trim())];
  }
  const places = item.addresses.length > 1 ? ', the same in each place' : '';
  return [
    { type: 'divider' },
    note(`The message, ${previewWords[standing] ?? 'exactly as it goes out'}${places}:`),
    ...previewBlocks(message),
  ];
}
