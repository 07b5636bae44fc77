import { type Block, bold, type Card, type Inline, paragraph, text } from '../../../core/card/card.ts';
import { localDate } from '../../../core/card/local-date.ts';
import { describeRecord } from '../../../core/messages/recorded-message.ts';
import { releaseStateTitles } from '../../../core/release/release-state.ts';
import type { ListedReleases, Release } from '../../../db/queries/load-release.ts';
import type { Operation } from '../../../db/queries/rollouts.ts';
import type { PlannedCommunication } from '../../../db/queries/schedule.ts';
import { listWords } from '../../../lib/list-words.ts';
import { describeNoRelease } from '../../../services/kernel/which-release.ts';
import type { CreatedRelease } from '../../../services/release/create-release.ts';
import type { CurrentReleases } from '../../../services/release/find-release.ts';
import { describeEventTime } from '../parts/event-time.ts';
import { sentenceCard } from './refusal-card.ts';

/** What people recorded, by the id of the release. */
type Records = ReadonlyMap<string, Operation>;

/**
 * The releases for somebody who asks: what is under way, what was rolled back and is followed up, what is live; with
 * what people recorded of them. `mayPlan`: whoever asks may plan one.
 */
export function releaseListCard(
  { underWay, followedUp, live }: CurrentReleases,
  { records = new Map(), mayPlan = false }: { records?: Records; mayPlan?: boolean } = {},
): Card {
  const parts = [
    ...listed(underWay, 'under way', records),
    ...listed(followedUp, 'rolled back', records),
    ...listed(live, 'live', records),
  ];
  if (parts.length === 0) return sentenceCard(describeNoRelease({ mayPlan }));
  const summary = parts.map(({ title }) => title).join(', ');
  return { summary, blocks: parts.flatMap(({ title, list }) => [{ type: 'header', text: title }, list]) };
}

/** None of a kind has no part in the list. */
function listed(
  { releases, more }: ListedReleases,
  how: string,
  records: Records,
): { title: string; list: Block }[] {
  const count = releases.length;
  if (count === 0) return [];
  const items = releases.map((release) => [
    bold(release.key),
    text(`: ${releaseStateTitles[release.state]}, go-live `),
    localDate(release.goLiveAt, release.plan.goLive.zone),
    text(recorded(release, records)),
  ]);
  const which = more ? `The first ${count} of more than ${count}` : count;
  const title = `${which} release${count === 1 ? '' : 's'} ${how}`;
  return [{ title, list: { type: 'list', ordered: false, items } }];
}

function recorded(release: Release, records: Records): string {
  const record = records.get(release.id);
  if (!record) return '';
  const by = `recorded by ${record.requestedByName}, ${describeEventTime(release, record.requestedAt)}`;
  return `, ${describeRecord(record.toPercent)}, ${by}`;
}

/** How the state of an item is shown. */
const states: Record<PlannedCommunication['state'], { mark: string; words: string }> = {
  sent: { mark: '●', words: 'sent' },
  'being-sent': { mark: '◐', words: 'being sent' },
  failed: { mark: '⊗', words: 'could not be delivered' },
  unknown: { mark: '?', words: 'may have arrived, nobody knows' },
  planned: { mark: '○', words: 'planned' },
  withheld: { mark: '✕', words: 'withheld' },
  unrecorded: { mark: '–', words: 'was to be sent; whether it was is not on record' },
};
const legend = (['sent', 'being-sent', 'failed', 'unknown', 'planned', 'withheld'] as const)
  .map((state) => `${states[state].mark} ${states[state].words}`)
  .join('  ');

/** The schedule for somebody who asks: every item with its instant and what became of it. */
export function scheduleCard(release: Release, schedule: readonly PlannedCommunication[]): Card {
  const summary = `Schedule of ${release.key}`;
  const items = schedule.map((entry): Inline[] => {
    const { item } = entry;
    const { mark } = states[entry.state];
    return [
      text(item.label ? `${mark} ${item.label} ` : `${mark} `),
      bold(item.title),
      text(`, ${item.localTime}, ${listWords(item.addresses)}${fate(entry)}`),
    ];
  });
  return {
    summary,
    blocks: [
      { type: 'header', text: summary },
      { type: 'list', ordered: false, items },
      { type: 'note', content: [text(legend)] },
    ],
  };
}

/** Of what waits for an event that is not planned, that it is planned would be wrong. */
function fate({ item, state, note }: PlannedCommunication): string {
  const waits = state === 'planned' && item.kind === 'event' && item.expectedAt === null;
  return waits ? '' : `: ${states[state].words}${note ? ` (${note})` : ''}`;
}

/** The answer to someone who planned a release. */
export function createdReleaseCard(created: CreatedRelease): Card {
  const summary = `${created.releaseKey} is planned`;
  const blocks: Block[] = [
    { type: 'header', text: summary },
    paragraph('Go-live: ', bold(created.goLive), '. First on the schedule:'),
    {
      type: 'list',
      ordered: false,
      items: created.coming.map((item) => [
        bold(item.title),
        text(`, ${item.localTime}, ${listWords(item.addresses)}`),
      ]),
    },
  ];
  if (created.past.length > 0) {
    const titles = created.past.map((item) => item.title).join(', ');
    blocks.push(paragraph(`Their time has passed, so they are not sent: ${titles}.`));
  }
  blocks.push(...created.warnings.map((warning) => paragraph(warning)));
  return { summary, blocks };
}
