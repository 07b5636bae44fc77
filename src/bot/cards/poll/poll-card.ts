import { type Block, type Button, type Card, command, note } from '../../../core/card/card.ts';
import { type Line, line } from '../../../core/card/line.ts';
import { localDate } from '../../../core/card/local-date.ts';
import { isGo, type PollTally, tallyVotes } from '../../../core/go-no-go/decide-poll.ts';
import { askAgainButton, overrideButton, signOffButton } from '../../../core/go-no-go/manager-buttons.ts';
import { describePolicy } from '../../../core/go-no-go/poll-policy.ts';
import { describeSharedRoles } from '../../../core/go-no-go/shared-roles.ts';
import { choiceWords } from '../../../core/go-no-go/vote.ts';
import { isLongReason } from '../../../core/messages/reason.ts';
import type { Release, ReleasePerson } from '../../../db/queries/load-release.ts';
import type { Poll } from '../../../db/queries/polls.ts';
import { capitalize } from '../../../lib/capitalize.ts';
import { signersOf } from '../../../services/go-no-go/sign-offs-of.ts';
import { rolesInPoll } from '../../../services/go-no-go/voters.ts';
import { whoAnswersFor } from '../../../services/kernel/stand-ins.ts';
import { whoPromotes } from '../../../services/kernel/who-may.ts';
import { lines } from '../parts/lines.ts';
import { planLinkBlocks } from '../parts/plan-links.ts';
import {
  askedLines,
  awaitsSignOff,
  closedLine,
  closesLine,
  isToAskAgain,
  openPollNotes,
  pollButtons,
  pollHeader,
  pollSummary,
} from '../parts/poll-parts.ts';
import {
  abstentionLines,
  advisoryLine,
  approvalLine,
  conditionLines,
  missingLine,
  objectionLines,
  outdatedLines,
  voteBar,
  waitingLine,
} from '../parts/poll-votes.ts';
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
  const tally = tallyVotes(poll, poll.votes);
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
        ...(isOpen ? outdatedLines(poll) : []),
        ...objectionLines(tally),
        ...conditionLines(release, tally),
        approvalLine(tally),
        ...abstentionLines(tally),
        advisoryLine(release, tally),
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
  return own ? `Your vote: ${choiceWords[own.choice]}.` : 'You have not voted yet.';
}

/** What the organisation says of its poll, without the title: the card has one. */
function bodyOf({ intro }: Poll): Block[] {
  return intro[0]?.type === 'header' ? intro.slice(1) : intro;
}

function buttons(release: Release, poll: Poll): Button[] {
  const { vote, close } = pollButtons(release, poll);
  return close ? [...vote, close] : vote;
}

/** After a no-go, while nothing else has been decided; and what a go still needs. */
function askAgainBlocks(release: Release, poll: Poll): Block[] {
  if (awaitsSignOff(release, poll)) return [{ type: 'actions', buttons: [signOffButton(release.key)] }];
  if (!isToAskAgain(release, poll)) return [];
  return [{ type: 'actions', buttons: [askAgainButton(release.key), overrideButton(release.key)] }];
}

/** What the votes say so far, once that needs somebody. */
function standingLine(release: Release, poll: Poll, tally: PollTally): Line | null {
  if (tally.missing.length > 0) {
    if (tally.against.length === 0 && poll.policy.rule === 'unanimous') return emergencyLine(poll);
    return standingRule(poll, tally);
  }
  if (tally.outcome !== 'go') return 'Everyone has voted.';
  const who = release.pause
    ? ''
    : line` ${mentionRole(release, 'release_manager', 'The Release Manager')} can close it now.`;
  const all = votedPlainGo(tally) ? `All ${tally.byRole.length} voted go.` : 'Everyone has voted.';
  return line`${all}${who}`;
}

/** Who decides in place of those who usually do. */
function emergencyLine({ policy }: Poll): Line | null {
  return policy.path === 'emergency' ? '🚑 Emergency path: these roles decide, all of them.' : null;
}

/** What it takes; where everybody has to agree, shortly. */
function standingRule({ kind, policy }: Poll, { byRole }: PollTally): Line {
  const path = policy.path === 'emergency' ? '🚑 Emergency path. ' : '';
  if (policy.rule === 'unanimous')
    return `${path}${kind === 'readiness' ? 'A single no-go fails the check.' : 'A single no-go blocks it.'}`;
  return `${path}${capitalize(describePolicy(policy, byRole.length))}.`;
}

function votedPlainGo({ byRole }: PollTally): boolean {
  return byRole.every(({ vote }) => vote?.choice === 'go');
}

/** What follows from a poll that is closed, and who does it. */
function nextLine(release: Release, poll: Poll, tally: PollTally): Line | null {
  const { outcome, kind, closedAt } = poll;
  // What has been done since is on other cards.
  const awaits = awaitsSignOff(release, poll);
  const expected = kind === 'decision' && isGo(outcome) && !awaits ? 'approved' : 'in_planning';
  if (outcome === null || release.state !== expected) return null;
  if (awaits)
    return line`Next: ${mentionAll(signersOf(release))} – sign-off, with ${command('release', `sign-off ${release.key}`)}`;
  if (isGo(outcome)) {
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
