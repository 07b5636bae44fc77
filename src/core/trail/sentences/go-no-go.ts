import { listWords } from '../../../lib/list-words.ts';
import { listOf, recordsOf, textOf, textsOf } from '../../audit/read-details.ts';
import { line } from '../../card/line.ts';
import {
  because,
  decision,
  type EventKinds,
  instantWords,
  onRecord,
  plain,
  roleWords,
  step,
} from '../sentence.ts';

const choices: { [choice: string]: string } = {
  go: 'go',
  no_go: 'no-go',
  conditional_go: 'conditional go',
  abstain: 'abstain',
};
const outcomes: { [outcome: string]: string } = {
  go: 'GO',
  no_go: 'NO-GO',
  go_stands: 'the earlier go stands; nobody objected',
  timed_out: 'timed out, with votes missing',
  overridden: 'GO, by override',
};

/** Polls and votes. */
export const goNoGoEvents = {
  'poll.opened': decision(({ details }, { zone }) => {
    const roles = listWords(listOf(details.roles).map(roleWords));
    const until = instantWords(details.closesAt, zone);
    const when = until === null ? '' : line`, until ${until}`;
    return line`opened the ${pollWords(details.kind)}, asking ${roles}${when}`;
  }),
  'vote.cast': decision(({ details }) => {
    const holders = textsOf(details.inPlaceOf);
    const roles = listOf(details.roles).map((role) => {
      const absent = holders[role];
      return absent === undefined ? roleWords(role) : `${roleWords(role)} in place of ${absent}`;
    });
    const earlier = recordsOf(details.earlier).map(
      ({ role, choice, reason }) => `before, ${voteWords(role, choice)}${because(reason)}`,
    );
    return {
      says: `voted ${choiceWords(details.choice)} as ${listWords(roles)}${because(details.reason)}`,
      evidence: earlier,
    };
  }),
  'votes.cleared': decision(({ details }) => ({
    says: 'cleared the votes, because what was voted on has changed',
    evidence: recordsOf(details.votes).map(
      ({ role, choice, personName }) => `${voteWords(role, choice)}, by ${plain(personName)}`,
    ),
  })),
  'poll.closed': onRecord(({ details }) => ({
    says: `closed the ${pollWords(details.kind)}: ${outcomes[plain(details.outcome)] ?? 'no result'}`,
    evidence: recordsOf(details.votes).map(
      ({ role, choice, reason }) => `${voteWords(role, choice)}${because(reason)}`,
    ),
  })),
  'poll.all-voted': step(
    ({ details }) =>
      `gave the last vote that was missing: ${outcomes[plain(details.outcome)] ?? 'no result'}`,
  ),
  'voter.reminded': step(
    ({ details }) =>
      `reminded ${textOf(details.name) ?? 'a voter'} to vote as ${listWords(listOf(details.roles).map(roleWords))}`,
  ),
  'role.escalated': step(({ details }) => {
    const to = listOf(details.to);
    const asked = to.length > 0 ? `asked ${listWords(to)}` : 'told the release manager';
    return `${asked}, because ${textOf(details.holder) ?? 'nobody'} has not voted as ${roleWords(textOf(details.role) ?? '')}`;
  }),
  'poll.revised': onRecord(
    ({ details }) => `revised the result of the go/no-go: ${outcomes[plain(details.outcome)] ?? 'no result'}`,
  ),
  'votes.outdated': decision(({ details }) => ({
    says: 'reopened the vote, because what was voted on has changed',
    evidence: recordsOf(details.votes).map(
      ({ role, choice, personName }) => `${voteWords(role, choice)}, by ${plain(personName)}`,
    ),
  })),
  'condition.judged': decision(
    ({ details }) =>
      `found the condition "${plain(details.condition)}" ${details.verdict === 'met' ? 'met' : 'not met'}`,
  ),
  'decision.recorded': decision(({ details }) => ({
    says: `recorded the decision: ${outcomes[plain(details.outcome)] ?? plain(details.outcome)}${because(details.reason)}`,
    evidence: [
      `the record with SHA-256 ${plain(details.record).slice(0, 12)}…`,
      `the evidence with SHA-256 ${plain(details.evidence).slice(0, 12)}…`,
    ],
  })),
  'decision.signed': decision(
    ({ details }) =>
      `signed the decision off as ${roleWords(plain(details.role))}${typeof details.inPlaceOf === 'string' ? `, in place of ${details.inPlaceOf}` : ''}`,
  ),
} satisfies EventKinds;

function pollWords(kind: unknown): string {
  return kind === 'readiness' ? 'readiness check' : 'go/no-go';
}

function choiceWords(choice: unknown): string {
  return choices[plain(choice)] ?? 'nothing';
}

/** `QA Lead: no-go`; of a role that has not voted, `QA Lead: no vote`. */
function voteWords(role: unknown, choice: unknown): string {
  return `${roleWords(plain(role))}: ${choices[plain(choice)] ?? 'no vote'}`;
}
