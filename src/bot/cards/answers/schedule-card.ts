import { describeDate } from '../../../core/calendar/describe-instant.ts';
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
import { describeMissing, describePlaces, goesNowhere } from '../../../core/schedule/nowhere.ts';
import { SETBACKS } from '../../../core/schedule/setbacks.ts';
import type { Draft } from '../../../db/queries/drafts.ts';
import type { Release } from '../../../db/queries/load-release.ts';
import type { PlannedCommunication } from '../../../db/queries/schedule.ts';
import type { UnsettledMessage } from '../../../db/queries/unsettled-messages.ts';
import { capitalize } from '../../../lib/capitalize.ts';
import { groupBy } from '../../../lib/group-by.ts';
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
  overdue: { mark: '⏰', words: 'overdue; waiting for the release manager' },
  withheld: { mark: '✖️', words: 'withheld' },
  unrecorded: { mark: '➖', words: 'was due; no record of whether it was sent' },
};

/** It will be withheld, unless the plan says in time where it goes. */
const lost = { mark: '⚠️', words: 'planned' };

/** So many items fit into one message of any platform with all that is to say of each. */
const MOST_IN_FULL = 28;

/** Items of a schedule, and the drafts of those that customers read. */
interface Listed {
  entries: readonly PlannedCommunication[];
  drafts: readonly Draft[];
}

/**
 * The schedule for somebody who asks (`personId`): what comes next, what is `unsettled`, then every item with its
 * instant, its places and what became of it; in short by day when there are many. `part`: only those of a day, such as
 * `T-7`, or the setbacks. `drafts`: of what customers read, with how its approval stands.
 */
export function scheduleCard(
  release: Release,
  schedule: readonly PlannedCommunication[],
  {
    part = null,
    unsettled = [],
    personId = null,
    drafts = [],
  }: {
    part?: string | null;
    unsettled?: readonly UnsettledMessage[];
    personId?: string | null;
    drafts?: readonly Draft[];
  } = {},
): Card {
  const { key } = release;
  const wanted = schedule.filter(
    ({ item }) => part === null || item.label === (part === SETBACKS ? '' : part),
  );
  const title = `${releaseName(release)}: schedule${part === null ? '' : `, ${part}`}`;
  const coming = wanted.filter(({ state }) => state === 'planned');
  const overdue = wanted.filter(({ state }) => state === 'overdue');
  const settled = wanted.filter(({ state }) => state !== 'planned' && state !== 'overdue');
  const isLong = wanted.length > MOST_IN_FULL;
  const show = isLong ? partByDay : partInFull;
  return {
    summary: `Schedule of ${key}`,
    blocks: [
      { type: 'header', text: `📅 ${title}` },
      paragraph(
        part !== null && wanted.length === 0 ? `Nothing is scheduled at ${part}.` : nextLine(release, coming),
      ),
      ...unsettledPart(release, unsettled, personId),
      ...show(release, 'Overdue', { entries: overdue, drafts }),
      ...show(release, 'Still to come', { entries: coming, drafts }),
      ...show(release, 'Done', { entries: settled, drafts }),
      ...(isLong && part === null ? [note(detailLine(release))] : []),
      note(
        line`To change a time, a channel or a message: ${command('release', `import ${key}`)}. To move go-live: ${command('release', `reschedule ${key}`)}.`,
      ),
    ],
  };
}

function detailLine({ key }: Release): Line {
  return line`For times and places, use ${command('release', `schedule ${key} T-7`)} for one day, or ${command('release', `schedule ${key} ${SETBACKS}`)} for what is sent only if things don't go to plan.`;
}

function nextLine({ pause, plan }: Release, coming: readonly PlannedCommunication[]): Line {
  const next = coming.find(({ dueAt }) => dueAt !== null);
  if (pause) return '⏸ The release is paused: nothing is sent until it is resumed.';
  if (!next || next.dueAt === null)
    return coming.length > 0
      ? 'Everything still to come depends on the rollout.'
      : 'Nothing is left to come.';
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
function partInFull(release: Release, title: string, { entries, drafts }: Listed): Block[] {
  if (entries.length === 0) return [];
  const items = entries.map((entry) => {
    const draft = drafts.find(({ communicationId }) => communicationId === entry.id);
    return itemLine(release, entry, draft);
  });
  return [paragraph(bold(`${title} (${entries.length})`)), { type: 'list', ordered: false, items }];
}

function itemLine(release: Release, entry: PlannedCommunication, draft: Draft | undefined): Inline[] {
  const { item, state, note: why, dueAt } = entry;
  const { mark, words } = state === 'planned' && goesNowhere(item) ? lost : states[state];
  const when = dueAt === null ? text(item.localTime) : localDate(dueAt, release.plan.goLive.zone);
  // That something is to come says its part of the list.
  const fate = state === 'planned' || state === 'sent' ? '' : `: ${words}${why ? ` (${why})` : ''}`;
  const moved = item.shifted ? `; ${item.shifted.words}` : '';
  return [
    text(item.label ? `${mark} ${item.label} ` : `${mark} `),
    bold(item.title),
    text(', '),
    when,
    ...inlines(
      line`, ${goesNowhere(item) ? describePlaces(item) : placesOf(release, item.addresses)}${moved}${fate}${approval(release, draft)}`,
    ),
  ];
}

function approval(release: Release, draft: Draft | undefined): Line {
  const words = draft ? approvalWords(release, draft) : null;
  return words === null ? '' : line`; customers read it: ${words}`;
}

/** In short: a line for each day with its titles, and one for each reason for which something does not go out. */
function partByDay(release: Release, title: string, { entries }: Listed): Block[] {
  if (entries.length === 0) return [];
  const groups = groupBy(entries, (entry) => groupOf(release, entry));
  const items = [...groups].map(([group, members]): Inline[] => [
    text(`${markOf(members[0])} `),
    bold(group),
    text(`: ${members.map(({ item }) => item.title).join(', ')}`),
  ]);
  return [paragraph(bold(`${title} (${entries.length})`)), { type: 'list', ordered: false, items }];
}

function groupOf({ plan }: Release, { item, state, note: why, dueAt }: PlannedCommunication): string {
  if (state === 'planned' && goesNowhere(item)) return `Nowhere: ${describeMissing(item)}`;
  if (state !== 'planned' && state !== 'sent')
    return capitalize(`${states[state].words}${why ? ` (${why})` : ''}`);
  if (dueAt === null) return capitalize(item.localTime);
  return `${item.label}, ${describeDate(dueAt, plan.goLive.zone)}`;
}

function markOf(entry: PlannedCommunication | undefined): string {
  if (entry === undefined) return '';
  return entry.state === 'planned' && goesNowhere(entry.item) ? lost.mark : states[entry.state].mark;
}
