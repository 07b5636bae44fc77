import { type Block, type Button, text } from '../../../core/card/card.ts';
import { type Line, line } from '../../../core/card/line.ts';
import { countdown, localDate } from '../../../core/card/local-date.ts';
import { closeButton } from '../../../core/go-no-go/close-button.ts';
import { isGo, type PollTally, tallyVotes } from '../../../core/go-no-go/decide-poll.ts';
import { outcomeWords, pollNames, timedOutWords } from '../../../core/go-no-go/poll-words.ts';
import { countsAs } from '../../../core/go-no-go/vote.ts';
import { voteButtons } from '../../../core/go-no-go/vote-buttons.ts';
import { mayEdit, type ReleaseState } from '../../../core/release/release-state.ts';
import type { Release } from '../../../db/queries/load-release.ts';
import type { Poll } from '../../../db/queries/polls.ts';
import { shortenAtWord } from '../../../lib/shorten-text.ts';
import { needsSignOff } from '../../../services/go-no-go/sign-offs-of.ts';
import { onOneLine } from './lines.ts';
import { votedWords } from './poll-votes.ts';
import { releaseName } from './release-name.ts';
import { riskLine } from './risk-line.ts';

/** What a closed poll has decided, in a word or two. */
export function describeOutcome({ state }: Release, poll: Poll): string {
  const { outcome } = poll;
  if (outcome === 'timed_out') return timedOutOf(poll);
  if (outcome !== null) return outcomeWords[outcome];
  return `without a decision, the release was ${undecidedWords(state)}`;
}

function timedOutOf(poll: Poll): string {
  const early = poll.closedAt !== null && poll.closedAt < poll.closesAt;
  return timedOutWords(tallyVotes(poll, poll.votes).missing.length, { early });
}

/** Why a poll was closed without a decision. */
function undecidedWords(state: ReleaseState): string {
  if (state === 'cancelled') return 'cancelled';
  return mayEdit(state) ? 'moved' : 'deployed';
}

/** How a poll stands, in a line. */
export function pollSummary(release: Release, poll: Poll, tally: PollTally): string {
  const name = pollNames[poll.kind];
  if (poll.state === 'open') {
    return `${release.key}: ${name}, ${tally.byRole.length - tally.missing.length} of ${tally.byRole.length} voted`;
  }
  if (poll.outcome === 'timed_out') return `${release.key}: ${name} ${timedOutOf(poll)}`;
  return `${release.key}: ${name} closed, ${describeOutcome(release, poll)}`;
}

/** The first line of a poll: what is asked and how many voted, or what became of it. */
export function pollHeader(release: Release, poll: Poll, tally: PollTally): string {
  const name = releaseName(release);
  const isCheck = poll.kind === 'readiness';
  if (poll.state === 'open') {
    return `🗳️ ${isCheck ? 'Ready?' : 'Go or no-go?'} ${name} · ${votedWords(tally)}`;
  }
  const inFavour = tally.byRole.filter(({ vote }) => vote !== null && countsAs(vote) === 'for');
  const goes = `${inFavour.length}/${tally.byRole.length}`;
  const path = poll.policy.path === 'emergency' ? ' · emergency path' : '';
  switch (poll.outcome) {
    case null:
      return `✖️ ${name} · ${undecidedWords(release.state)} before a decision`;
    case 'go':
      return isCheck
        ? `✅ ${name} · readiness check passed ${goes}`
        : awaitsSignOff(release, poll)
          ? `✅ GO: ${name} · ${goes}, waiting for sign-off${path}`
          : `✅ GO: ${name} · approved ${goes}${path}`;
    case 'overridden':
      return `⚠️ GO BY OVERRIDE: ${name} · approved against the votes, ${goes}`;
    case 'timed_out':
      return `⌛ ${name} · ${isCheck ? 'readiness check ' : ''}${timedOutOf(poll)}`;
    case 'go_stands':
      return `✅ STILL GO: ${name} · ${goes} voted go`;
    case 'no_go':
      return isCheck ? `⛔ ${name} · readiness check not passed` : `⛔ NO-GO: ${name} · not approved`;
  }
}

/** What is asked about: the summary, when it goes live, its risk and what to do about it first. */
export function askedLines({ plan, goLiveAt }: Release): Line[] {
  return [
    shortenAtWord(onOneLine(plan.summary), 300),
    line`Go-live ${localDate(goLiveAt, plan.goLive.zone)}`,
    riskLine(plan),
  ];
}

/** Until when an open poll takes votes. */
export function closesLine(release: Release, poll: Poll): Line {
  return line`closes ${countdown(poll.closesAt, release.plan.goLive.zone)}`;
}

/** When a poll was closed. */
export function closedLine(release: Release, poll: Poll): Line {
  return line`closed ${localDate(poll.closedAt ?? poll.closesAt, release.plan.goLive.zone)}`;
}

/** What is out of the ordinary about an open poll: an earlier go, a pause. */
export function openPollNotes(release: Release, poll: Poll): Block[] {
  return [
    ...(release.state === 'approved' ? [standingNotes[poll.kind]] : []),
    ...(release.pause ? [pausedNote] : []),
  ];
}

/** Whether a go was decided that does not approve the release before it is signed off. */
export function awaitsSignOff(release: Release, { kind, outcome, state }: Poll): boolean {
  const isDecided = kind === 'decision' && state === 'closed' && isGo(outcome);
  return isDecided && release.state === 'in_planning' && needsSignOff(release);
}

/** Whether the decision can be asked for once more: the poll ended in no go, and the release waits for another. */
export function isToAskAgain({ state, pause }: Release, { kind, outcome }: Poll): boolean {
  const isNoGo = outcome === 'no_go' || outcome === 'timed_out';
  return kind === 'decision' && isNoGo && state === 'in_planning' && !pause;
}

/** What can be done with an open poll; while the release is paused, it can't be closed. */
export function pollButtons(release: Release, poll: Poll): { vote: Button[]; close: Button | null } {
  const goStands = release.state === 'approved';
  return {
    vote: voteButtons({ pollId: poll.id, round: poll.round }),
    close: release.pause
      ? null
      : closeButton({ pollId: poll.id, kind: poll.kind, goStands, policy: poll.policy }),
  };
}

const pausedNote: Block = {
  type: 'note',
  content: [
    text(
      '⏸ The release is paused: this poll stays open, and its closing time moves by the length of the pause.',
    ),
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
