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
import { describePlaces, goesNowhere } from '../../../core/schedule/nowhere.ts';
import type { Release } from '../../../db/queries/load-release.ts';
import type { PlannedCommunication } from '../../../db/queries/schedule.ts';
import { placesOf } from '../parts/places.ts';
import { releaseName } from '../parts/release-name.ts';

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

/** It will be withheld, unless the plan says in time where it goes. */
const lost = { mark: '⚠️', words: 'planned' };

/** The schedule for somebody who asks: what comes next, then every item with its instant, its places and what became of it. */
export function scheduleCard(release: Release, schedule: readonly PlannedCommunication[]): Card {
  const { key } = release;
  const title = `${releaseName(release)}: schedule`;
  const coming = schedule.filter(({ state }) => state === 'planned');
  const settled = schedule.filter(({ state }) => state !== 'planned');
  return {
    summary: `Schedule of ${key}`,
    blocks: [
      { type: 'header', text: `📅 ${title}` },
      paragraph(nextLine(release, coming)),
      ...part(release, 'Still to come', coming),
      ...part(release, 'Done', settled),
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

/** None of a kind has no part. */
function part(release: Release, title: string, entries: readonly PlannedCommunication[]): Block[] {
  if (entries.length === 0) return [];
  const items = entries.map((entry) => itemLine(release, entry));
  return [paragraph(bold(`${title} (${entries.length})`)), { type: 'list', ordered: false, items }];
}

function itemLine(release: Release, entry: PlannedCommunication): Inline[] {
  const { item, state, note: why, dueAt } = entry;
  const { mark, words } = state === 'planned' && goesNowhere(item) ? lost : states[state];
  const when = dueAt === null ? text(item.localTime) : localDate(dueAt, release.plan.goLive.zone);
  // That something is to come says its part of the list.
  const fate = state === 'planned' || state === 'sent' ? '' : `: ${words}${why ? ` (${why})` : ''}`;
  return [
    text(item.label ? `${mark} ${item.label} ` : `${mark} `),
    bold(item.title),
    text(', '),
    when,
    ...inlines(
      line`, ${goesNowhere(item) ? describePlaces(item) : placesOf(release, item.addresses)}${fate}`,
    ),
  ];
}
