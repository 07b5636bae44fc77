import { type Block, type Button, type Card, command, note } from '../../../core/card/card.ts';
import { type Line, line } from '../../../core/card/line.ts';
import { localDate } from '../../../core/card/local-date.ts';
import { type PollTally, tallyVotes } from '../../../core/go-no-go/decide-poll.ts';
import { askAgainButton } from '../../../core/go-no-go/manager-buttons.ts';
import { describeSharedRoles } from '../../../core/go-no-go/shared-roles.ts';
import { isLongReason } from '../../../core/messages/reason.ts';
import type { Release, ReleasePerson } from '../../../db/queries/load-release.ts';
import type { Poll } from '../../../db/queries/polls.ts';
import { rolesInPoll } from '../../../services/go-no-go/voters.ts';
import { whoAnswersFor } from '../../../services/kernel/stand-ins.ts';
import { whoPromotes } from '../../../services/kernel/who-may.ts';
import { lines } from '../parts/lines.ts';
import { planLinkBlocks } from '../parts/plan-links.ts';
import {
  askedLines,
  closedLine,
  closesLine,
  isToAskAgain,
  openPollNotes,
  pollButtons,
  pollHeader,
  pollSummary,
} from '../parts/poll-parts.ts';
import { approvalLine, missingLine, objectionLines, voteBar, waitingLine } from '../parts/poll-votes.ts';
import { mentionAll, mentionRole } from '../parts/who.ts';

/**
 * A poll as everyone in the release's channel sees it: how the votes stand, who is missing, until when. `isLatest`: no
 * other has followed, so what comes next is still to be done. `reader`: the person for whom it is drawn; a voter's own
 * vote is on it then.
 */
export function pollCard(
  release: Release,
  poll: Poll,
  { isLatest = true, reader = null }: { isLatest?: boolean; reader?: string | null } = {},
): Card {
  const tally = tallyVotes(poll.roles, poll.votes);
  const isOpen = poll.state === 'open';
  return {
    ...(isOpen ? { readers: votersOf(release, poll).flatMap(({ identities }) => identities) } : {}),
    summary: pollSummary(release, poll, tally),
    blocks: [
      { type: 'header', text: pollHeader(release, poll, tally) },
      ...lines(reader === null ? null : ownVoteLine(release, poll, reader)),
      ...(isOpen ? [...lines(...askedLines(release)), ...bodyOf(poll)] : []),
      ...lines(
        line`${voteBar(tally)}  ${isOpen ? closesLine(release, poll) : closedLine(release, poll)}`,
        ...objectionLines(tally),
        approvalLine(tally),
        isOpen ? waitingLine(release, poll) : poll.outcome === null ? null : missingLine(release, poll),
        isOpen ? standingLine(release, poll, tally) : isLatest ? nextLine(release, poll, tally) : null,
      ),
      ...reasonsNote(release, poll, tally),
      ...sharedNotes(release, tally),
      ...(isOpen
        ? [...openPollNotes(release, poll), { type: 'actions' as const, buttons: buttons(release, poll) }]
        : isLatest
          ? askAgainBlocks(release, poll)
          : []),
      ...(isOpen ? planLinkBlocks(release.plan, ['build', 'tickets', 'changes']) : []),
    ],
  };
}

function votersOf(release: Release, poll: Poll): ReleasePerson[] {
  return poll.roles.flatMap((role) => whoAnswersFor(release, role, poll));
}

/** Null for somebody who is not asked, and of a poll that is over. */
function ownVoteLine(release: Release, poll: Poll, reader: string): Line | null {
  if (poll.state !== 'open' || rolesInPoll({ release, poll }, reader).length === 0) return null;
  const own = poll.votes.find(({ personId }) => personId === reader);
  return own ? `Your vote: ${own.choice === 'go' ? 'go' : 'no-go'}.` : 'You have not voted yet.';
}

/** What the organisation says of its poll, without the title: the card has one. */
function bodyOf({ intro }: Poll): Block[] {
  return intro[0]?.type === 'header' ? intro.slice(1) : intro;
}

function buttons(release: Release, poll: Poll): Button[] {
  const { vote, close } = pollButtons(release, poll);
  return close ? [...vote, close] : vote;
}

/** After a no-go, while nothing else has been decided. */
function askAgainBlocks(release: Release, poll: Poll): Block[] {
  if (!isToAskAgain(release, poll)) return [];
  return [{ type: 'actions', buttons: [askAgainButton(release.key)] }];
}

/** What the votes say so far, once that needs somebody. */
function standingLine(release: Release, poll: Poll, tally: PollTally): Line | null {
  const isCheck = poll.kind === 'readiness';
  if (tally.missing.length > 0) {
    if (tally.against.length === 0) return null;
    return isCheck ? 'A single no-go fails the check.' : 'A single no-go blocks it.';
  }
  if (tally.against.length > 0) return 'Everyone has voted.';
  const who = release.pause
    ? ''
    : line` ${mentionRole(release, 'release_manager', 'The Release Manager')} can close it now.`;
  return line`All ${tally.byRole.length} voted go.${who}`;
}

/** What follows from a poll that is closed, and who does it. */
function nextLine(release: Release, poll: Poll, tally: PollTally): Line | null {
  const { outcome, kind, closedAt } = poll;
  // What has been done since is on other cards.
  const expected = kind === 'decision' && outcome !== 'no_go' ? 'approved' : 'in_planning';
  if (outcome === null || release.state !== expected) return null;
  if (outcome !== 'no_go') {
    const { goLiveAt } = release;
    const goLive = localDate(goLiveAt, release.plan.goLive.zone);
    if (kind === 'readiness') return line`Next: the go/no-go, then go-live ${goLive}`;
    const at = closedAt !== null && closedAt >= goLiveAt ? 'now' : goLive;
    return line`Next: ${mentionAll(whoPromotes(release))} starts the rollout, ${at}`;
  }
  if (kind === 'readiness') return 'Next: settle this before the go/no-go.';
  const manager = mentionRole(release, 'release_manager', 'The Release Manager');
  const objecting = [...new Set(tally.against.map(({ personName }) => personName))];
  const settle = objecting.length > 0 ? `settle it with ${objecting.join(', ')}, then ` : '';
  return line`Next: ${manager} – ${settle}ask again`;
}

/** One person who decides for several roles is said, whether or not they have voted. */
function sharedNotes(release: Release, { byRole }: PollTally): Block[] {
  const voters = byRole.flatMap(({ role, vote }) => {
    if (vote) return [{ role, personId: vote.personId, name: vote.personName }];
    const [asked] = whoAnswersFor(release, role);
    return asked ? [{ role, personId: asked.personId, name: asked.name }] : [];
  });
  return describeSharedRoles(voters, { asked: byRole.length, verb: 'votes' }).map((sentence) =>
    note(sentence),
  );
}

/** Where the reasons are that have no room in their lines. */
function reasonsNote(release: Release, poll: Poll, { against }: PollTally): Block[] {
  if (!against.some(({ reason }) => isLongReason(reason))) return [];
  const place =
    poll.state === 'open' ? command('release', `show ${release.key}`) : 'the message of the outcome';
  return [note(line`Reasons in full: ${place}.`)];
}
