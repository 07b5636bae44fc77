import { bold, type Card, paragraph, text } from '../../../core/card/card.ts';
import { tallyVotes } from '../../../core/go-no-go/decide-poll.ts';
import { type RoleName, roleTitle } from '../../../core/plan/roles.ts';
import type { Release } from '../../../db/queries/load-release.ts';
import type { Poll } from '../../../db/queries/polls.ts';
import { inPlaceOf, rolesAnsweredBy } from '../../../services/kernel/stand-ins.ts';
import { closedNote, openPollBlocks, pollSummary } from '../parts/poll-parts.ts';

/** A poll as one of its voters sees it in their direct messages. */
export function ballotCard(release: Release, poll: Poll, personId: string | null): Card {
  const roles = rolesAsked(release, poll, personId);
  const own = poll.votes.find((vote) => roles.includes(vote.role));
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
  const summary = own
    ? `Your vote on ${release.key}: ${choiceWord(own.choice)}`
    : `Your vote is needed: ${release.key}`;
  return {
    summary,
    blocks: [
      { type: 'header', text: summary },
      {
        type: 'paragraph',
        content: [text(`You are asked as ${name}. `), text(ownVote(own, 'You have not voted.'))],
      },
      ...(own?.reason ? [{ type: 'quote' as const, content: [text(own.reason)] }] : []),
      ...openPollBlocks(release, poll, { close: false }),
    ],
  };
}

/** The roles of a poll for which a person answers. */
export function rolesAsked(release: Release, poll: Poll, personId: string | null): RoleName[] {
  return rolesAnsweredBy(release, personId).filter((role) => poll.roles.includes(role));
}

/** Of a backup: in whose place they are asked. */
function standingIn(release: Release, roles: readonly RoleName[], personId: string | null): string {
  const absent = roles.flatMap((role) => (personId ? (inPlaceOf(release, role, personId) ?? []) : []));
  return absent.length > 0 ? `, in place of ${absent.join(' and ')}, who can't be reached` : '';
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
