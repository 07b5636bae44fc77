import { type Inline, mention } from '../../../core/card/card.ts';
import { type Line, line } from '../../../core/card/line.ts';
import { type PollTally, tallyVotes, type Vote } from '../../../core/go-no-go/decide-poll.ts';
import { shortReason } from '../../../core/messages/reason.ts';
import { type RoleName, roleTitle } from '../../../core/plan/roles.ts';
import type { Release, ReleasePerson } from '../../../db/queries/load-release.ts';
import type { Poll } from '../../../db/queries/polls.ts';
import { groupBy } from '../../../lib/group-by.ts';
import { listWords } from '../../../lib/list-words.ts';
import { whoAnswersFor } from '../../../services/kernel/stand-ins.ts';
import { onOneLine } from './lines.ts';

/** A square for each role that is asked: its go, its no-go, or that it is missing; what speaks against comes last. */
export function voteBar({ byRole }: PollTally): Inline {
  const order = { go: 0, 'no-go': 1, open: 2 } as const;
  const cells = byRole.map(({ vote }) => {
    if (!vote) return 'open' as const;
    return vote.choice === 'go' ? ('go' as const) : ('no-go' as const);
  });
  return { type: 'bar', cells: cells.toSorted((one, other) => order[one] - order[other]) };
}

/** `4 of 6 voted` */
export function votedWords({ byRole, missing }: PollTally): string {
  return `${byRole.length - missing.length} of ${byRole.length} voted`;
}

/** Who voted no-go and why, a line each; somebody with two roles says it once. */
export function objectionLines({ against }: PollTally): Line[] {
  return groupByVoter(against).map(
    (votes) => `⛔ ${voterName(votes)}: ${shortReason(onOneLine(votes[0]?.reason ?? ''))}`,
  );
}

/** Who voted go; null: nobody. */
export function approvalLine({ byRole }: PollTally): Line | null {
  const inFavour = byRole.flatMap(({ vote }) => (vote?.choice === 'go' ? [vote] : []));
  if (inFavour.length === 0) return null;
  return `✅ Go: ${listWords(groupByVoter(inFavour).map(voterName))}`;
}

/** Of votes of one person. */
function voterName(votes: readonly Vote[]): string {
  const roles = listWords(votes.map(({ role }) => roleTitle(role)));
  const [first] = votes;
  const instead = first?.inPlaceOf ? `, in place of ${first.inPlaceOf}` : '';
  return `${first?.personName ?? ''} (${roles}${instead})`;
}

/** Votes of one person with the same reason and for the same holder, in one group. */
function groupByVoter(votes: readonly Vote[]): Vote[][] {
  const keyOf = ({ personId, personName, inPlaceOf, reason }: Vote) =>
    JSON.stringify([personId, personName, inPlaceOf, reason]);
  return [...groupBy(votes, keyOf).values()];
}

/**
 * Who has not voted; null: everybody has. They are asked in their direct messages: before the first vote, when this is
 * posted, it only names them, and notifies nobody a second time.
 */
export function waitingLine(release: Release, poll: Poll): Line | null {
  const { missing, byRole } = tallyVotes(poll.roles, poll.votes);
  if (missing.length === 0) return null;
  const isFirst = missing.length === byRole.length;
  const names = missing.map((role) => askedFor(release, poll, { role, mentioned: !isFirst }));
  const all = isFirst ? `all ${missing.length}: ` : '';
  return names.reduce<Line>(
    (shown, name, index) => line`${shown}${index === 0 ? '' : ', '}${name}`,
    `⏳ Waiting for ${all}`,
  );
}

/** Who had not voted when the poll closed; null: everybody had. */
export function missingLine(release: Release, poll: Poll): Line | null {
  const { missing } = tallyVotes(poll.roles, poll.votes);
  if (missing.length === 0) return null;
  const names = missing.map((role) => {
    const [asked] = whoAnswersFor(release, role);
    return `${asked?.name ?? 'nobody'} (${roleTitle(role)})`;
  });
  return `⬜ No vote: ${listWords(names)}`;
}

function askedFor(
  release: Release,
  poll: Poll,
  { role, mentioned }: { role: RoleName; mentioned: boolean },
): Line {
  const [asked, ...others] = whoAnswersFor(release, role, poll);
  if (!asked) return `nobody (${roleTitle(role)})`;
  const named = (person: ReleasePerson) => (mentioned && person.isReachable ? mention(person) : person.name);
  const backups = others.filter(({ position }) => position === 'backup');
  const standing = !asked.isReachable ? ", can't be reached" : asked.position === 'backup' ? ', backup' : '';
  const escalated = backups.length === 0 ? '' : line`, or ${named(backups[0] ?? asked)} as backup`;
  return line`${named(asked)} (${roleTitle(role)}${standing}${escalated})`;
}
