import { bold, type Card, paragraph, text } from '../../../core/card/card.ts';
import { tallyVotes } from '../../../core/go-no-go/decide-poll.ts';
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
  const own = poll.votes.find((vote) => roles.includes(vote.role));
  const waiting = roles.filter((role) => !poll.votes.some((vote) => vote.role === role));
  const tally = tallyVotes(poll.roles, poll.votes);
  if (poll.state === 'closed') {
    const summary = pollSummary(release, poll, tally);
    const vote = roles.length === 0 ? '' : ` ${ownVote(own, 'You did not vote.')}`;
    return {
      summary,
      blocks: [{ type: 'paragraph', content: [bold(summary), text(`.${vote}`)] }, closedNote(release, poll)],
    };
  }
  if (roles.length === 0) return notAskedCard(release);
  const name = roles.map(roleTitle).join(' and ') + standingIn(release, roles, personId);
  const summary =
    own && waiting.length === 0
      ? `Your vote on ${release.key}: ${choiceWord(own.choice)}`
      : `Your vote is needed: ${release.key}`;
  return {
    summary,
    blocks: [
      { type: 'header', text: summary },
      {
        type: 'paragraph',
        content: [
          text(`You are asked as ${name}. `),
          text(ownVote(own, 'You have not voted.')),
          ...(own && waiting.length > 0
            ? [text(` No vote yet as ${listWords(waiting.map(roleTitle))}.`)]
            : []),
        ],
      },
      ...(own?.reason ? [{ type: 'quote' as const, content: [text(own.reason)] }] : []),
      ...openPollBlocks(release, poll, { close: false }),
    ],
  };
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

function ownVote(vote: Poll['votes'][number] | undefined, none: string): string {
  return vote ? `Your vote: ${choiceWord(vote.choice)}.` : none;
}

function choiceWord(choice: 'go' | 'no_go'): string {
  return choice === 'go' ? 'go' : 'no-go';
}
