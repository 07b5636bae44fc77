import { describeInstant } from '../../../core/calendar/describe-instant.ts';
import { type Block, type Confirmation, type Inline, text } from '../../../core/card/card.ts';
import type { PollTally } from '../../../core/go-no-go/decide-poll.ts';
import { outcomeWords, pollNames } from '../../../core/go-no-go/poll-words.ts';
import { voteButtons } from '../../../core/go-no-go/vote-buttons.ts';
import type { Release } from '../../../db/queries/load-release.ts';
import type { Poll } from '../../../db/queries/polls.ts';

/** What a closed poll has decided, in a word or two. */
export function describeOutcome({ state }: Release, { outcome }: Poll): string {
  if (outcome !== null) return outcomeWords[outcome];
  return `without a decision, the release was ${state === 'cancelled' ? 'cancelled' : 'deployed before'}`;
}

/** How a poll stands, in a line. */
export function pollSummary(release: Release, poll: Poll, tally: PollTally): string {
  const name = pollNames[poll.kind];
  if (poll.state === 'open') {
    return `${release.key}: ${name}, ${tally.byRole.length - tally.missing.length} of ${tally.byRole.length} voted`;
  }
  return `${release.key}: ${name} closed, ${describeOutcome(release, poll)}`;
}

/** What can be done with an open poll, and until when. */
export function openPollBlocks(release: Release, poll: Poll, { close = true } = {}): Block[] {
  const value = JSON.stringify({ pollId: poll.id });
  const goStands = release.state === 'approved';
  return [
    ...(goStands ? [standingNotes[poll.kind]] : []),
    ...(release.pause ? [pausedNote] : []),
    {
      type: 'note',
      content: [text('A vote can be changed until the poll closes: '), closesAt(release, poll)],
    },
    {
      type: 'actions',
      buttons: [
        ...voteButtons(value),
        ...(close && !release.pause
          ? [{ action: 'close-poll', label: 'Close now', value, confirm: closing(poll, goStands) }]
          : []),
      ],
    },
  ];
}

const pausedNote: Block = {
  type: 'note',
  content: [
    text('⏸ The release is paused: this poll stays open, and closes later by the length of the pause.'),
  ],
};

/** What a poll does to a go that stands. */
const standingNotes: Record<Poll['kind'], Block> = {
  decision: {
    type: 'note',
    content: [
      text(
        'The release already has a go. A no-go takes it back when the poll closes; a missing vote changes nothing. The rollout waits until then.',
      ),
    ],
  },
  readiness: {
    type: 'note',
    content: [text("The release already has a go. This check doesn't change it, whatever the votes.")],
  },
};

function closing({ kind }: Poll, goStands: boolean): Confirmation {
  if (goStands && kind === 'decision') {
    return {
      title: 'Close the go/no-go now?',
      text: 'Voting ends. The release keeps its earlier go unless somebody has voted no-go.',
      confirm: 'Close now',
      deny: 'Keep it open',
    };
  }
  const passed = kind === 'decision' ? 'The release is approved' : 'The check passes';
  const keepsGo = goStands ? ' The release keeps its go either way.' : '';
  return {
    title: `Close the ${pollNames[kind]} now?`,
    text: `Voting ends. ${passed} only if every role has voted go: one no-go or missing vote blocks it.${keepsGo}`,
    confirm: 'Close now',
    deny: 'Keep it open',
  };
}

function closesAt(release: Release, poll: Poll): Inline {
  const fallback = describeInstant(poll.closesAt, release.plan.goLive.zone);
  return { type: 'time', instant: new Date(poll.closesAt).toISOString(), fallback, style: 'absolute' };
}

/** When a poll was closed. */
export function closedNote(release: Release, poll: Poll): Block {
  const at = describeInstant(poll.closedAt ?? poll.closesAt, release.plan.goLive.zone);
  return { type: 'note', content: [text(`Closed ${at}.`)] };
}
