import {
  type Block,
  bold,
  type Card,
  command,
  type Inline,
  note,
  paragraph,
  text,
} from '../../../core/card/card.ts';
import { inlines, line } from '../../../core/card/line.ts';
import { localDate } from '../../../core/card/local-date.ts';
import type { DecisionRecord, RecordedVote } from '../../../core/go-no-go/decision-record.ts';
import { evidenceLines } from '../../../core/go-no-go/evidence.ts';
import { describePolicy } from '../../../core/go-no-go/poll-policy.ts';
import { outcomeWords, timedOutWords } from '../../../core/go-no-go/poll-words.ts';
import { choiceWords } from '../../../core/go-no-go/vote.ts';
import { shortReason } from '../../../core/messages/reason.ts';
import { contentsOf } from '../../../core/plan/compare-plans.ts';
import { roleTitle } from '../../../core/plan/roles.ts';
import type { Decision } from '../../../db/queries/decisions.ts';
import type { Release } from '../../../db/queries/load-release.ts';
import { listWords } from '../../../lib/list-words.ts';
import { onOneLine } from '../parts/lines.ts';
import { releaseName } from '../parts/release-name.ts';

/** So many votes are listed: those of a poll with many changes are in the trail. */
const votesShown = 30;

/** The record of the decision on a release: outcome, who, votes with their history, evidence, policy, sign-offs. */
export function decisionCard(release: Release, decision: Decision): Card {
  const { record, decidedAt, signOffs } = decision;
  const { zone } = release.plan.goLive;
  const summary = `${release.key}: ${outcomeOf(record)}`;
  const decidedBy = record.decidedBy === null ? '' : `, by ${record.decidedBy}`;
  return {
    summary,
    blocks: [
      { type: 'header', text: `📜 ${releaseName(release)} · ${outcomeOf(record)}` },
      paragraph(line`Decided ${localDate(decidedAt, zone)}${decidedBy}.`),
      ...(record.reason === null ? [] : [quote(record.reason)]),
      ...changedNote(release, record),
      paragraph(bold('Rule: '), ruleOf(record)),
      paragraph(bold('Votes')),
      { type: 'list', ordered: false, items: voteItems(record, zone) },
      paragraph(bold('Evidence when it was decided')),
      { type: 'list', ordered: false, items: evidenceLines(record.evidence).map((one) => [text(one)]) },
      paragraph(bold('Sign-off: '), ...inlines(signedLine(signOffs, zone))),
      note(
        `Plan ${record.contents.plan.slice(0, 12)}, version ${record.contents.version}, scope ${record.contents.scope.slice(0, 12)}${record.contents.build === null ? '' : `, build ${record.contents.build.slice(0, 12)}`}. Record ${decision.id}.`,
      ),
    ],
  };
}

/** Where nothing has been decided yet. */
export function noDecisionCard({ key }: Release): Card {
  const summary = `${key}: go/no-go is not decided yet`;
  const ask = command('release', `go-no-go ${key}`);
  return {
    summary,
    blocks: [paragraph(line`Go/no-go for ${key} is not decided yet. Ask for it with ${ask}.`)],
  };
}

function outcomeOf({ outcome, missing, decidedBy }: DecisionRecord): string {
  return outcome === 'timed_out'
    ? timedOutWords(missing.length, { early: decidedBy !== null })
    : outcomeWords[outcome];
}

/** What was decided is not what is planned now. */
function changedNote({ plan }: Release, { contents }: DecisionRecord): Block[] {
  if (contentsOf(plan).terms === contents.terms) return [];
  return [paragraph('⚠️ The plan has changed since: this decision is for what was planned then.')];
}

function ruleOf({ policy, roles }: DecisionRecord): string {
  const required = roles.filter((role) => !policy.observers.includes(role));
  const observers = roles.filter((role) => policy.observers.includes(role)).map(roleTitle);
  const path = policy.path === 'emergency' ? 'emergency path; ' : '';
  const advisory = observers.length > 0 ? `; advisory: ${listWords(observers)}` : '';
  return `${path}${describePolicy(policy, required.length)}${advisory}.`;
}

function voteItems({ votes, missing }: DecisionRecord, zone: string): Inline[][] {
  const shown = votes.slice(-votesShown);
  const left = votes.length - shown.length;
  return [
    ...(left > 0 ? [[text(`${left} earlier votes are in the audit trail.`)]] : []),
    ...shown.map((vote) => inlines(voteLine(vote, zone))),
    ...missing.map((role) => [text(`${roleTitle(role)}: no vote`)]),
  ];
}

function voteLine(vote: RecordedVote, zone: string) {
  const { role, person, inPlaceOf, choice, reason, condition, at, ended } = vote;
  const instead = inPlaceOf === null ? '' : `, in place of ${inPlaceOf}`;
  const why = reason === null ? '' : `: ${shortReason(onOneLine(reason))}`;
  const asks = condition ? conditionLine(condition, zone) : '';
  const gone = ended ? line` (${ended.by} ${localDate(Date.parse(ended.at), zone)})` : '';
  return line`${roleTitle(role)}: ${choiceWords[choice]} by ${person}${instead}, ${localDate(Date.parse(at), zone)}${why}${asks}${gone}`;
}

function conditionLine(condition: NonNullable<RecordedVote['condition']>, zone: string) {
  const due = localDate(Date.parse(condition.dueAt), zone);
  return line`: ${shortReason(onOneLine(condition.text))} (${roleTitle(condition.owner)}, by ${due}; ${condition.state})`;
}

function signedLine(given: Decision['signOffs'], zone: string) {
  if (given.length === 0) return 'nobody yet.';
  return given.reduce(
    (before, { personName, role, at }, index) =>
      line`${before}${index === 0 ? '' : '; '}${personName} (${roleTitle(role)}) ${localDate(at, zone)}`,
    line``,
  );
}

function quote(reason: string): Block {
  return { type: 'quote', content: [text(reason)] };
}
