import { describeInstant } from '../../../core/calendar/describe-instant.ts';
import { type Block, bold, type Card, command, note, text } from '../../../core/card/card.ts';
import { line } from '../../../core/card/line.ts';
import { pollNames } from '../../../core/go-no-go/poll-words.ts';
import { voteButtons } from '../../../core/go-no-go/vote-buttons.ts';
import type { ComingItem, OpenBallot } from '../../../db/queries/home.ts';
import type { Release } from '../../../db/queries/load-release.ts';
import type { Rollout } from '../../../db/queries/rollouts.ts';
import { listWords } from '../../../lib/list-words.ts';
import { rolloutHeadline } from '../parts/rollout-headline.ts';

const releasesShown = 10;

/** What a person's App Home shows. */
export interface HomeView {
  /** Epoch ms of the release's clock. */
  now: number;
  ballots: OpenBallot[];
  coming: ComingItem[];
  /** The first ones, and one more when there are more. */
  releases: { release: Release; rollout: Rollout; hasDriver?: boolean }[];
}

/** A person's App Home: what waits for them, what comes next, their releases. */
export function homeCard(view: HomeView): Card {
  return {
    summary: 'tminus',
    blocks: [
      { type: 'header', text: 'Waiting for you' },
      ...waitingBlocks(view.ballots),
      { type: 'divider' },
      { type: 'header', text: 'Coming up' },
      ...comingBlocks(view.coming),
      { type: 'divider' },
      { type: 'header', text: 'My releases' },
      ...releaseBlocks(view),
    ],
  };
}

function waitingBlocks(ballots: readonly OpenBallot[]): Block[] {
  if (ballots.length === 0) return [note('Nothing. Votes that you are asked for show up here.')];
  return ballots.flatMap((ballot): Block[] => {
    const until = describeInstant(ballot.closesAt, ballot.zone);
    return [
      {
        type: 'paragraph',
        content: [bold(`${ballot.releaseKey}: ${pollNames[ballot.kind]}`), text(`, open until ${until}`)],
      },
      {
        type: 'actions',
        buttons: voteButtons(JSON.stringify({ pollId: ballot.pollId })),
      },
    ];
  });
}

function comingBlocks(coming: readonly ComingItem[]): Block[] {
  if (coming.length === 0) return [note('Nothing is planned in your releases.')];
  const items = coming.map((item) => [
    bold(item.title),
    text(` for ${item.releaseKey}, ${item.localTime}, in ${listWords(item.addresses)}`),
  ]);
  return [{ type: 'list', ordered: false, items }];
}

function releaseBlocks({ releases, now }: Pick<HomeView, 'releases' | 'now'>): Block[] {
  if (releases.length === 0) return [note('You have no role in a release yet.')];
  const items = releases
    .slice(0, releasesShown)
    .map(({ release, rollout, hasDriver = true }) => [
      bold(release.key),
      text(`: ${rolloutHeadline(release, rollout, now, { hasDriver })}, go-live `),
      text(describeInstant(release.goLiveAt, release.plan.goLive.zone)),
    ]);
  const rest =
    releases.length > releasesShown ? [note(line`There are more: ${command('release', 'list')}.`)] : [];
  return [{ type: 'list', ordered: false, items }, ...rest];
}
