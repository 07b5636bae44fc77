import { describeInstant } from '../../core/calendar/describe-instant.ts';
import { type Block, bold, type Card, type Confirmation, type Inline, text } from '../../core/card/card.ts';
import { type PollTally, tallyVotes } from '../../core/go-no-go/decide-poll.ts';
import { isLongReason, shortReason } from '../../core/messages/reason.ts';
import { type RoleName, roleTitle } from '../../core/plan/roles.ts';
import type { Release } from '../../db/queries/load-release.ts';
import type { Poll } from '../../db/queries/polls.ts';

/** A poll as everyone in the release's channel sees it: role by role, what is missing, until when. */
export function pollCard(release: Release, poll: Poll): Card {
  const tally = tallyVotes(poll.roles, poll.votes);
  const summary = pollSummary(release, poll, tally);
  return {
    summary,
    blocks: [
      ...poll.intro,
      { type: 'list', ordered: false, items: tally.byRole.map((entry) => voteLine(release, poll, entry)) },
      ...reasonsNote(release, poll, tally),
      { type: 'paragraph', content: [bold(standing(poll, tally))] },
      ...(poll.state === 'open' ? openPollBlocks(release, poll) : [closedNote(release, poll)]),
    ],
  };
}

/** A poll as one of its voters sees it in their direct messages. */
export function ballotCard(release: Release, poll: Poll, personId: string | null): Card {
  const roles = rolesAsked(release, poll, personId);
  const own = poll.votes.find((vote) => roles.includes(vote.role));
  const name = roles.map(roleTitle).join(' and ');
  const tally = tallyVotes(poll.roles, poll.votes);
  if (poll.state === 'closed') {
    const summary = pollSummary(release, poll, tally);
    return {
      summary,
      blocks: [
        { type: 'paragraph', content: [bold(summary), text(`. ${ownVote(own, 'You did not vote.')}`)] },
        closedNote(release, poll),
      ],
    };
  }
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

/** The roles of a poll that a person holds. */
export function rolesAsked(release: Release, poll: Poll, personId: string | null): RoleName[] {
  return release.people
    .filter((person) => person.personId === personId && person.position === 'holder')
    .map((person) => person.role)
    .filter((role) => poll.roles.includes(role));
}

const pollNames: Record<Poll['kind'], string> = { decision: 'go/no-go', readiness: 'readiness check' };

/** How a poll stands, in a line. */
export function pollSummary(release: Release, poll: Poll, tally: PollTally): string {
  const name = pollNames[poll.kind];
  if (poll.state === 'open') {
    return `${release.key}: ${name}, ${tally.byRole.length - tally.missing.length} of ${tally.byRole.length} voted`;
  }
  return `${release.key}: ${name} closed, ${poll.outcome === 'go' ? 'go' : 'not a go'}`;
}

function standing(poll: Poll, tally: PollTally): string {
  if (poll.state === 'closed') return poll.outcome === 'go' ? 'Closed: go.' : 'Closed: not a go.';
  const parts: string[] = [];
  if (tally.against.length > 0) parts.push(`${tally.against.length} no-go; one is enough to block`);
  if (tally.missing.length > 0) parts.push(`waiting for ${tally.missing.map(roleTitle).join(', ')}`);
  return parts.length > 0
    ? `${capitalize(parts.join('; '))}.`
    : 'All have voted go; it is a go when the poll closes.';
}

function voteLine(release: Release, poll: Poll, { role, vote }: PollTally['byRole'][number]): Inline[] {
  const holder = release.people.find((person) => person.role === role && person.position === 'holder');
  const who = bold(`${roleTitle(role)} (${vote?.personName ?? holder?.name ?? 'nobody'}): `);
  if (!vote)
    return [who, { type: 'text', text: poll.state === 'open' ? 'no vote yet' : 'no vote', italic: true }];
  if (vote.choice === 'go') return [who, text('✅ go')];
  return [who, text(`⛔ no-go: ${shortReason(vote.reason ?? '')}`)];
}

/** Where the reasons are that have no room in their lines. */
function reasonsNote(release: Release, poll: Poll, { against }: PollTally): Block[] {
  if (!against.some(({ reason }) => isLongReason(reason))) return [];
  const place = poll.state === 'open' ? `/release show ${release.key}` : 'the message of the outcome';
  return [{ type: 'note', content: [text(`Reasons in full: ${place}.`)] }];
}

function openPollBlocks(release: Release, poll: Poll, { close = true } = {}): Block[] {
  const value = JSON.stringify({ pollId: poll.id });
  return [
    {
      type: 'note',
      content: [text('A vote can be changed until the poll closes: '), closesAt(release, poll)],
    },
    {
      type: 'actions',
      buttons: [
        { action: 'vote-go', label: 'Go', style: 'primary', value },
        { action: 'vote-no-go', label: 'No-go…', style: 'danger', value },
        ...(close ? [{ action: 'close-poll', label: 'Close now', value, confirm: closing(poll) }] : []),
      ],
    },
  ];
}

function closing({ kind }: Poll): Confirmation {
  const outcome = kind === 'decision' ? 'The release is approved' : 'It passes';
  return {
    title: `Close the ${pollNames[kind]} now?`,
    text: `Voting ends, and the votes as they stand decide. Roles that have not voted are not waited for: a missing vote means no go. ${outcome} only if every role has voted go.`,
    confirm: 'Close now',
    deny: 'Keep it open',
  };
}

function closesAt(release: Release, poll: Poll): Inline {
  const fallback = describeInstant(poll.closesAt, release.plan.goLive.zone);
  return { type: 'time', instant: new Date(poll.closesAt).toISOString(), fallback, style: 'absolute' };
}

function closedNote(release: Release, poll: Poll): Block {
  const at = describeInstant(poll.closedAt ?? poll.closesAt, release.plan.goLive.zone);
  return { type: 'note', content: [text(`Closed ${at}.`)] };
}

function ownVote(vote: Poll['votes'][number] | undefined, none: string): string {
  return vote ? `Your vote: ${choiceWord(vote.choice)}.` : none;
}

function choiceWord(choice: 'go' | 'no_go'): string {
  return choice === 'go' ? 'go' : 'no-go';
}

function capitalize(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
