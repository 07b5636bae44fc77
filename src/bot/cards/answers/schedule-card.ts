import {
  type Block,
  bold,
  type Card,
  command,
  type Inline,
  note,
  paragraph,
  text,
} from '../../../core/card/card.ts';
import { inlines, type Line, line } from '../../../core/card/line.ts';
import { countdown, localDate } from '../../../core/card/local-date.ts';
import type { Draft } from '../../../db/queries/drafts.ts';
import type { Release } from '../../../db/queries/load-release.ts';
import type { PlannedCommunication } from '../../../db/queries/schedule.ts';
import type { UnsettledMessage } from '../../../db/queries/unsettled-messages.ts';
import { placesOf } from '../../../services/kernel/places-of.ts';
import { mayDo } from '../../../services/kernel/who-may.ts';
import { approvalWords } from '../parts/approval-words.ts';
import { releaseName } from '../parts/release-name.ts';
import { unsettledBlocks } from '../parts/unsettled.ts';

/** How the state of an item is shown. */
const states: Record<PlannedCommunication['state'], { mark: string; words: string }> = {
  sent: { mark: '✅', words: 'sent' },
  'being-sent': { mark: '📤', words: 'being sent' },
  failed: { mark: '⛔', words: 'could not be delivered' },
  unknown: { mark: '❓', words: 'not known whether it arrived' },
  planned: { mark: '🕐', words: 'planned' },
  withheld: { mark: '✖️', words: 'withheld' },
  unrecorded: { mark: '➖', words: 'was due; no record of whether it was sent' },
};

/**
 * The schedule for somebody who asks (`personId`): what comes next, what is `unsettled`, then every item with its
 * instant, its places and what became of it; `drafts`: of what customers read, with how its approval stands.
 */
export function scheduleCard(
  release: Release,
  schedule: readonly PlannedCommunication[],
  {
    unsettled = [],
    personId = null,
    drafts = [],
  }: {
    unsettled?: readonly UnsettledMessage[];
    personId?: string | null;
    drafts?: readonly Draft[];
  } = {},
): Card {
  const { key } = release;
  const title = `${releaseName(release)}: schedule`;
  const coming = schedule.filter(({ state }) => state === 'planned');
  const settled = schedule.filter(({ state }) => state !== 'planned');
  return {
    summary: `Schedule of ${key}`,
    blocks: [
      { type: 'header', text: `📅 ${title}` },
      paragraph(nextLine(release, coming)),
      ...unsettledPart(release, unsettled, personId),
      ...part(release, 'Still to come', { entries: coming, drafts }),
      ...part(release, 'Done', { entries: settled, drafts }),
      note(
        line`To change a time, a channel or a message: ${command('release', `import ${key}`)}. To move go-live: ${command('release', `reschedule ${key}`)}.`,
      ),
    ],
  };
}

function nextLine({ pause, plan }: Release, coming: readonly PlannedCommunication[]): Line {
  const next = coming.find(({ dueAt }) => dueAt !== null);
  if (pause) return '⏸ The release is paused: nothing is sent until it is resumed.';
  if (!next || next.dueAt === null)
    return coming.length > 0
      ? 'Whatever is still to come waits for the rollout.'
      : 'Nothing is still to come.';
  return line`Next: ${bold(next.item.title)}, ${countdown(next.dueAt, plan.goLive.zone)}`;
}

/** Of the schedule, or of anything else that was sent; only who may settle it is offered to. */
function unsettledPart(
  release: Release,
  unsettled: readonly UnsettledMessage[],
  personId: string | null,
): Block[] {
  if (unsettled.length === 0) return [];
  const offersButtons = mayDo(release, personId, 'delivery.settle');
  const title = `Not known whether it arrived (${unsettled.length})`;
  return [paragraph(bold(title)), ...unsettledBlocks(release, unsettled, { offersButtons })];
}

/** None of a kind has no part. */
function part(
  release: Release,
  title: string,
  { entries, drafts }: { entries: readonly PlannedCommunication[]; drafts: readonly Draft[] },
): Block[] {
  if (entries.length === 0) return [];
  const items = entries.map((entry) => {
    const draft = drafts.find(({ communicationId }) => communicationId === entry.id);
    return itemLine(release, entry, draft);
  });
  return [paragraph(bold(`${title} (${entries.length})`)), { type: 'list', ordered: false, items }];
}

function itemLine(release: Release, entry: PlannedCommunication, draft: Draft | undefined): Inline[] {
  const { item, state, note: why, dueAt } = entry;
  const { mark, words } = states[state];
  const when = dueAt === null ? text(item.localTime) : localDate(dueAt, release.plan.goLive.zone);
  // That something is to come says its part of the list.
  const fate = state === 'planned' || state === 'sent' ? '' : `: ${words}${why ? ` (${why})` : ''}`;
  return [
    text(item.label ? `${mark} ${item.label} ` : `${mark} `),
    bold(item.title),
    text(', '),
    when,
    ...inlines(line`, ${placesOf(release, item.addresses)}${fate}${approval(release, draft)}`),
  ];
}

function approval(release: Release, draft: Draft | undefined): Line {
  const words = draft ? approvalWords(release, draft) : null;
  return words === null ? '' : line`; customers read it: ${words}`;
}
