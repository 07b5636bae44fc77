import { type Card, note, paragraph, text } from '../../../core/card/card.ts';
import { type Line, line } from '../../../core/card/line.ts';
import { localDate } from '../../../core/card/local-date.ts';
import { tallyVotes } from '../../../core/go-no-go/decide-poll.ts';
import { type Evidence, evidenceLines } from '../../../core/go-no-go/evidence.ts';
import { silenceSentence } from '../../../core/go-no-go/silence-words.ts';
import { choiceWords, type Vote, type VoteCondition } from '../../../core/go-no-go/vote.ts';
import { shortReason } from '../../../core/messages/reason.ts';
import { type RoleName, roleTitle } from '../../../core/plan/roles.ts';
import type { Release } from '../../../db/queries/load-release.ts';
import type { Poll } from '../../../db/queries/polls.ts';
import { listWords } from '../../../lib/list-words.ts';
import { rolesInPoll } from '../../../services/go-no-go/voters.ts';
import { inPlaceOf, whoAnswersFor } from '../../../services/kernel/stand-ins.ts';
import { lines, onOneLine } from '../parts/lines.ts';
import { planLinkBlocks } from '../parts/plan-links.ts';
import {
  askedLines,
  closedLine,
  closesLine,
  openPollNotes,
  pollButtons,
  pollHeader,
  pollSummary,
} from '../parts/poll-parts.ts';
import { outdatedLines } from '../parts/poll-votes.ts';
import { releaseName } from '../parts/release-name.ts';

/** A poll as one of its voters sees it in their direct messages. */
export function ballotCard(
  release: Release,
  poll: Poll,
  personId: string | null,
  { evidence = null }: { evidence?: Evidence | null } = {},
): Card {
  const roles = rolesInPoll({ release, poll }, personId);
  const votes = poll.votes.filter((vote) => roles.includes(vote.role));
  const own = votes.find((vote) => vote.personId === personId);
  const byOthers = votes.filter((vote) => vote.personId !== personId);
  const inTheirRole = byOthers.map((vote) => othersVote({ release, roles, personId }, vote));
  const waiting = roles.filter((role) => !poll.votes.some((vote) => vote.role === role));
  const tally = tallyVotes(poll, poll.votes);
  if (poll.state === 'closed') {
    const cast = [ownVote(own, 'You did not vote.'), ...inTheirRole.map((voted) => `${voted}.`)];
    return {
      summary: pollSummary(release, poll, tally),
      blocks: [
        { type: 'header', text: pollHeader(release, poll, tally) },
        ...lines(roles.length === 0 ? null : cast.join(' '), line`The poll ${closedLine(release, poll)}.`),
      ],
    };
  }
  if (roles.length === 0) return notAskedCard(release);
  const name = listWords(roles.map(roleTitle)) + standingIn(release, roles, personId);
  const standing = [
    // The title says one's own vote, unless a vote of the reader is still missing.
    ...(own && (byOthers.length > 0 || waiting.length > 0) ? [ownVote(own, '')] : []),
    ...(votes.length === 0 ? ['You have not voted yet.'] : []),
    ...inTheirRole.map((voted) => `${voted}; your own vote replaces it.`),
    ...(votes.length > 0 && waiting.length > 0
      ? [`No vote yet as ${listWords(waiting.map(roleTitle))}.`]
      : []),
  ];
  return {
    summary: ballotSummary(release, { own, byOthers, waiting }),
    blocks: [
      { type: 'header', text: ballotHeader(release, poll, { own, waiting }) },
      ...lines(
        ...askedLines(release),
        ...(evidence ? evidenceLines(evidence, { withRisk: false }) : []),
        ...outdatedLines(poll),
        line`You vote as ${name}. The poll ${closesLine(release, poll)}.`,
        standing.length > 0 ? standing.join(' ') : null,
      ),
      ...(own?.condition ? lines(conditionWords(release, own.condition)) : []),
      ...(own?.reason ? [{ type: 'quote' as const, content: [text(own.reason)] }] : []),
      ...openPollNotes(release, poll),
      note(onSilence(release, poll, waiting)),
      { type: 'actions', buttons: pollButtons(release, poll).vote },
      ...planLinkBlocks(release.plan, ['build', 'tickets', 'changes', 'runbook']),
    ],
  };
}

/** What the reader's own vote depends on. */
function conditionWords(release: Release, { text: what, owner, dueAt, state }: VoteCondition): Line {
  const due = localDate(dueAt, release.plan.goLive.zone);
  const standing = { met: 'Met', unmet: 'Not met in time: your vote counts as a no-go', open: 'Open' }[state];
  return line`Condition: “${shortReason(onOneLine(what))}” (${roleTitle(owner)}, by ${due}). ${standing}.`;
}

/** What is asked, and of whoever has voted what they said. */
function ballotHeader(
  release: Release,
  poll: Poll,
  { own, waiting }: { own: Vote | undefined; waiting: readonly RoleName[] },
): string {
  const name = releaseName(release);
  if (waiting.length === 0 && own)
    return `${marks[own.choice]} Your vote: ${choiceWords[own.choice]} · ${name}`;
  return poll.kind === 'readiness' ? `🗳️ Is ${name} ready?` : `🗳️ Go or no-go? ${name}`;
}

/** What happens without a vote, and that a vote can be changed. */
function onSilence({ state }: Release, { kind, policy }: Poll, missing: readonly RoleName[]): string {
  const change = 'You can change your vote until the poll closes.';
  if (missing.length === 0) return change;
  return `${silenceSentence({ kind, goStands: state === 'approved', policy, roles: missing })} ${change}`;
}

function ballotSummary(
  { key }: Release,
  {
    own,
    byOthers,
    waiting,
  }: { own: Vote | undefined; byOthers: readonly Vote[]; waiting: readonly RoleName[] },
): string {
  if (waiting.length > 0) return `Your vote is needed: ${key}`;
  if (own) return `Your vote on ${key}: ${choiceWords[own.choice]}`;
  return `${key}: ${listWords([...new Set(byOthers.map(choiceOf))])}`;
}

/** Of a backup: in whose place they are asked, and why. */
function standingIn(release: Release, roles: readonly RoleName[], personId: string | null): string {
  const holders = (isThere: boolean) =>
    roles.flatMap((role) => {
      const holder = personId === null ? null : inPlaceOf(release, role, personId);
      return holder !== null && isHolderThere(release, role) === isThere ? [holder] : [];
    });
  const silent = holders(true);
  return [
    inPlaceWords(holders(false), "can't be reached"),
    inPlaceWords(silent, silent.length > 1 ? 'have not voted' : 'has not voted'),
  ].join('');
}

function inPlaceWords(holders: readonly string[], why: string): string {
  return holders.length > 0 ? `, in place of ${holders.join(' and ')}, who ${why}` : '';
}

function isHolderThere(release: Release, role: RoleName): boolean {
  return whoAnswersFor(release, role).some((person) => person.position === 'holder' && person.isReachable);
}

/** For somebody who was asked and whose roles somebody else has now. */
function notAskedCard(release: Release): Card {
  const summary = `${release.key}: somebody else votes now`;
  return { summary, blocks: [paragraph(`${summary}. You don't need to do anything.`)] };
}

/** A vote of somebody else in a role of the reader: of their backup, or of who answered for the role before. */
function othersVote(
  { release, roles, personId }: { release: Release; roles: readonly RoleName[]; personId: string | null },
  vote: Vote,
): string {
  const reader = release.people.find((person) => person.role === vote.role && person.personId === personId);
  const isInTheirPlace = reader?.position === 'holder' && reader.name === vote.inPlaceOf;
  const as = `as ${roleTitle(vote.role)}`;
  if (isInTheirPlace) return `${choiceOf(vote)} in your place${roles.length > 1 ? ` ${as}` : ''}`;
  return `${choiceOf(vote)} ${roles.length > 1 ? as : 'for this role'}`;
}

function choiceOf({ personName, choice }: Vote): string {
  return `${personName} voted ${choiceWords[choice]}`;
}

function ownVote(vote: Vote | undefined, none: string): string {
  return vote ? `Your vote: ${choiceWords[vote.choice]}.` : none;
}

const marks = { go: '✅', no_go: '⛔', conditional_go: '🟨', abstain: '⬛' } as const;
