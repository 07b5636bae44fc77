import { type Inline, mention } from '../../../core/card/card.ts';
import { type Line, line } from '../../../core/card/line.ts';
import { localDate } from '../../../core/card/local-date.ts';
import { type PollTally, tallyVotes } from '../../../core/go-no-go/decide-poll.ts';
import { choiceWords, countsAs, type Vote } from '../../../core/go-no-go/vote.ts';
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
  const order = { go: 0, conditional: 1, abstain: 2, 'no-go': 3, open: 4 } as const;
  const cells = byRole.map(({ vote }) => {
    if (!vote) return 'open' as const;
    if (countsAs(vote) === 'against') return 'no-go' as const;
    return cellOf[vote.choice];
  });
  return { type: 'bar', cells: cells.toSorted((one, other) => order[one] - order[other]) };
}

const cellOf = { go: 'go', conditional_go: 'conditional', abstain: 'abstain', no_go: 'no-go' } as const;

/** `4 of 6 voted` */
export function votedWords({ byRole, missing }: PollTally): string {
  return `${byRole.length - missing.length} of ${byRole.length} voted`;
}

/** Who voted no-go and why, a line each; somebody with two roles says it once. */
export function objectionLines({ against }: PollTally): Line[] {
  return groupByVoter(against).map((votes) => `⛔ ${voterName(votes)}: ${objection(votes[0])}`);
}

function objection(vote: Vote | undefined): string {
  const unmet = vote?.condition ? `condition not met: ${vote.condition.text}` : null;
  const about = vote?.category && vote.category !== 'other' ? ` (${vote.category})` : '';
  return shortReason(onOneLine(unmet ?? vote?.reason ?? '')) + about;
}

/** Who voted go on a condition, which, who sees to it and until when; a line each. */
export function conditionLines(release: Release, { byRole }: PollTally): Line[] {
  const conditional = votesOf(byRole).filter((vote) => vote.condition && countsAs(vote) === 'for');
  return groupByVoter(conditional).flatMap((votes): Line[] => {
    const condition = votes[0]?.condition;
    if (!condition) return [];
    const what = `“${shortReason(onOneLine(condition.text))}”`;
    if (condition.state === 'met') return [line`🟩 ${voterName(votes)}: go, condition met: ${what}`];
    const [owner] = whoAnswersFor(release, condition.owner);
    const due = localDate(condition.dueAt, release.plan.goLive.zone);
    return [line`🟨 ${voterName(votes)}: go, if ${what} (${owner?.name ?? 'nobody'}, by ${due})`];
  });
}

/** Who abstained and why, a line each. */
export function abstentionLines({ byRole }: PollTally): Line[] {
  const abstained = votesOf(byRole).filter(({ choice }) => choice === 'abstain');
  return groupByVoter(abstained).map(
    (votes) => `⬛ ${voterName(votes)} abstained: ${shortReason(onOneLine(votes[0]?.reason ?? ''))}`,
  );
}

/** How those voted whose votes have no weight; null: nobody is asked for advice. */
export function advisoryLine(release: Release, { advisory }: PollTally): Line | null {
  if (advisory.length === 0) return null;
  const said = advisory.map(({ role, vote }) => {
    const [asked] = whoAnswersFor(release, role);
    const who = `${vote?.personName ?? asked?.name ?? 'nobody'} (${roleTitle(role)})`;
    return vote ? `${who} ${choiceWords[vote.choice]}` : `${who} no vote yet`;
  });
  return `👁 Advisory, not counted: ${listWords(said)}`;
}

/** What has changed since the poll was opened first, and the votes that this has made void; none: nothing has. */
export function outdatedLines({ changes, outdated }: Poll): Line[] {
  if (changes.length === 0) return [];
  const voters = groupByVoter(outdated).map((votes) => {
    const [first] = votes;
    return `${first?.personName ?? ''} ${choiceWords[first?.choice ?? 'go']}`;
  });
  const earlier = voters.length > 0 ? ` Outdated votes: ${listWords(voters)}.` : '';
  return [`🔁 Changed since: ${listWords(changes)}.${earlier}`];
}

function votesOf(byRole: PollTally['byRole']): Vote[] {
  return byRole.flatMap(({ vote }) => (vote ? [vote] : []));
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
  const keyOf = ({ personId, personName, inPlaceOf, reason, condition }: Vote) =>
    JSON.stringify([personId, personName, inPlaceOf, reason, condition?.text]);
  return [...groupBy(votes, keyOf).values()];
}

/**
 * Who has not voted; null: everybody has. They are asked in their direct messages: before the first vote, when this is
 * posted, it only names them, and notifies nobody a second time.
 */
export function waitingLine(release: Release, poll: Poll): Line | null {
  const { missing, byRole } = tallyVotes(poll, poll.votes);
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
  const { missing } = tallyVotes(poll, poll.votes);
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
