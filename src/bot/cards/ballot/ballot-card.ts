import { bold, type Card, paragraph, text } from '../../../core/card/card.ts';
import { tallyVotes, type Vote } from '../../../core/go-no-go/decide-poll.ts';
import { type RoleName, roleTitle } from '../../../core/plan/roles.ts';
import type { Release } from '../../../db/queries/load-release.ts';
import type { Poll } from '../../../db/queries/polls.ts';
import { listWords } from '../../../lib/list-words.ts';
import { rolesInPoll } from '../../../services/go-no-go/voters.ts';
import { inPlaceOf, whoAnswersFor } from '../../../services/kernel/stand-ins.ts';
import { closedNote, openPollBlocks, pollSummary } from '../parts/poll-parts.ts';

/** A poll as one of its voters sees it in their direct messages. */
export function ballotCard(release: Release, poll: Poll, personId: string | null): Card {
  const roles = rolesInPoll({ release, poll }, personId);
  const votes = poll.votes.filter((vote) => roles.includes(vote.role));
  const own = votes.find((vote) => vote.personId === personId);
  const byOthers = votes.filter((vote) => vote.personId !== personId);
  const inTheirRole = byOthers.map((vote) => othersVote({ release, roles, personId }, vote));
  const waiting = roles.filter((role) => !poll.votes.some((vote) => vote.role === role));
  const tally = tallyVotes(poll.roles, poll.votes);
  if (poll.state === 'closed') {
    const summary = pollSummary(release, poll, tally);
    const cast = [ownVote(own, 'You did not vote.'), ...inTheirRole.map((voted) => `${voted}.`)];
    const vote = roles.length === 0 ? '' : ` ${cast.join(' ')}`;
    return {
      summary,
      blocks: [{ type: 'paragraph', content: [bold(summary), text(`.${vote}`)] }, closedNote(release, poll)],
    };
  }
  if (roles.length === 0) return notAskedCard(release);
  const name = roles.map(roleTitle).join(' and ') + standingIn(release, roles, personId);
  const summary = ballotSummary(release, { own, byOthers, waiting });
  return {
    summary,
    blocks: [
      { type: 'header', text: summary },
      {
        type: 'paragraph',
        content: [
          text(`You are asked as ${name}. `),
          text(
            [
              ...(own || byOthers.length === 0 ? [ownVote(own, 'You have not voted.')] : []),
              ...inTheirRole.map((voted) => `${voted}; your own vote replaces it.`),
            ].join(' '),
          ),
          ...(votes.length > 0 && waiting.length > 0
            ? [text(` No vote yet as ${listWords(waiting.map(roleTitle))}.`)]
            : []),
        ],
      },
      ...(own?.reason ? [{ type: 'quote' as const, content: [text(own.reason)] }] : []),
      ...openPollBlocks(release, poll, { close: false }),
    ],
  };
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
  if (own) return `Your vote on ${key}: ${choiceWord(own.choice)}`;
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
  return { summary, blocks: [paragraph(`${summary}. There is nothing left for you to do here.`)] };
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
  return `${personName} voted ${choiceWord(choice)}`;
}

function ownVote(vote: Vote | undefined, none: string): string {
  return vote ? `Your vote: ${choiceWord(vote.choice)}.` : none;
}

function choiceWord(choice: Vote['choice']): string {
  return choice === 'go' ? 'go' : 'no-go';
}
