import { type Block, bold, type Card, command, note, paragraph, text } from '../../../core/card/card.ts';
import { line } from '../../../core/card/line.ts';
import { countdown } from '../../../core/card/local-date.ts';
import { describeRecord } from '../../../core/messages/recorded-message.ts';
import type { PlanPreview } from '../../../core/plan-file/preview-plan.ts';
import { describePlaces } from '../../../core/schedule/nowhere.ts';
import type { ListedReleases, Release } from '../../../db/queries/load-release.ts';
import type { Operation } from '../../../db/queries/rollouts.ts';
import { describeNoRelease } from '../../../services/kernel/which-release.ts';
import type { CreatedRelease } from '../../../services/release/create-release.ts';
import type { CurrentReleases } from '../../../services/release/find-release.ts';
import { describeEventTime } from '../parts/event-time.ts';
import { releaseName } from '../parts/release-name.ts';
import { standingOf, stateMark } from '../parts/release-standing.ts';
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
  const example = [underWay, followedUp, live].flatMap(({ releases }) => releases)[0]?.key ?? '';
  return {
    summary,
    blocks: [
      ...parts.flatMap(({ title, list }): Block[] => [{ type: 'header', text: title }, list]),
      note(
        line`The status of one: ${command('release', `status ${example}`)}. Its contents: ${command('release', `show ${example}`)}.`,
      ),
    ],
  };
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
    text(`${stateMark(release)} `),
    bold(releaseName(release)),
    text(` (${release.key}): ${standingOf(release)}, go-live `),
    countdown(release.goLiveAt, release.plan.goLive.zone),
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

/** The answer to someone who planned a release. */
export function createdReleaseCard(created: CreatedRelease): Card {
  const summary = `${created.releaseKey} is planned`;
  return { summary, blocks: [{ type: 'header', text: summary }, ...previewBlocks(created)] };
}

/** What a plan does, and what is odd about it. */
export function previewBlocks({ goLive, coming, past, warnings }: PlanPreview): Block[] {
  const items = coming.map((item) => [
    bold(item.title),
    text(`, ${item.localTime}, ${describePlaces(item)}`),
  ]);
  const titles = past.map(({ title }) => title).join(', ');
  return [
    paragraph('Go-live: ', bold(goLive), '. First on the schedule:'),
    { type: 'list', ordered: false, items },
    ...(past.length === 0 ? [] : [paragraph(`Their time has passed, so they won't be sent: ${titles}.`)]),
    ...warnings.map((warning) => paragraph(warning)),
  ];
}
