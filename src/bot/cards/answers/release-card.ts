import {
  type Block,
  bold,
  type Card,
  command,
  type Field,
  field,
  type Inline,
  note,
  paragraph,
  text,
} from '../../../core/card/card.ts';
import { inlines, type Line, line } from '../../../core/card/line.ts';
import { localDate } from '../../../core/card/local-date.ts';
import { describeScopeChange } from '../../../core/changes/scope-change.ts';
import { tallyVotes } from '../../../core/go-no-go/decide-poll.ts';
import { askedBy, describePolicy } from '../../../core/go-no-go/poll-policy.ts';
import { quoteObjections } from '../../../core/messages/quote-objections.ts';
import { shortReason } from '../../../core/messages/reason.ts';
import { WITHOUT_GO } from '../../../core/messages/recorded-message.ts';
import { SHARED_OUT } from '../../../core/plan/choose-preset.ts';
import { roleTitle } from '../../../core/plan/roles.ts';
import { mayEdit, releaseStateTitles } from '../../../core/release/release-state.ts';
import { describePhase } from '../../../core/rollout/describe-phase.ts';
import { rolloutName } from '../../../core/rollout/rollout-name.ts';
import { deriveSchedule } from '../../../core/schedule/derive-schedule.ts';
import type { ChangeRequest } from '../../../db/queries/changes.ts';
import type { Release } from '../../../db/queries/load-release.ts';
import type { Poll } from '../../../db/queries/polls.ts';
import type { Operation } from '../../../db/queries/rollouts.ts';
import { listWords } from '../../../lib/list-words.ts';
import { placesOf } from '../../../services/kernel/places-of.ts';
import { planLinkBlocks } from '../parts/plan-links.ts';
import { pollSummary } from '../parts/poll-parts.ts';
import { releaseName } from '../parts/release-name.ts';
import { standingOf, stateMark } from '../parts/release-standing.ts';
import { eventTitle, happenedAt } from '../parts/rollout-events.ts';
import { freezeBlocks, lockBlocks, pauseBlocks } from '../parts/rollout-standing.ts';
import type { ShownFreeze, ShownLock } from '../parts/rollout-status.ts';

/**
 * A release for somebody who asks: what, when and who, the go/no-go and the phases; the messages have an answer
 * of their own. `poll` is the one that is open, else the one opened last; `record` what a person recorded last, `frozen` the freeze that holds, `locked` the lock of the product, `changes` the late changes that wait for a decision.
 */
export function releaseCard(
  release: Release,
  poll: Poll | null,
  {
    record,
    frozen = null,
    locked = null,
    changes = [],
  }: {
    record?: Operation | undefined;
    frozen?: ShownFreeze | null;
    locked?: ShownLock | null;
    changes?: readonly ChangeRequest[];
  } = {},
): Card {
  const { plan } = release;
  return {
    summary: `${release.key} is ${releaseStateTitles[release.state]}`,
    blocks: [
      { type: 'header', text: `${stateMark(release)} ${releaseName(release)} · ${standingOf(release)}` },
      ...pauseBlocks(release),
      ...freezeBlocks(frozen),
      ...lockBlocks(release, locked),
      paragraph(plan.summary),
      {
        type: 'fields',
        fields: [
          field('Go-live', [localDate(release.goLiveAt, plan.goLive.zone)]),
          field('Key', release.key),
          field('Type', plan.type),
          field('Channel', placesOf(release, plan.channels.release)),
          ...holders(release),
        ],
      },
      ...changeBlocks(changes),
      ...(record ? [paragraph(bold('Without tminus: '), describeRecorded(release, record))] : []),
      paragraph(bold('Go/no-go: '), `${describeRule(release)}. Planned polls:`),
      list(polls(release)),
      paragraph(bold(`Rollout, ${rolloutName(plan)}: `), rolloutWords(plan)),
      list(plan.rollout.phases.map((phase) => [text(describePhase(phase))])),
      ...(poll ? pollBlocks(release, poll) : []),
      ...planLinkBlocks(plan),
      note(nextSteps(release)),
    ],
  };
}

/** The late changes that nobody has decided on yet. */
function changeBlocks(changes: readonly ChangeRequest[]): Block[] {
  if (changes.length === 0) return [];
  const items = changes.map((one) => [
    text(`${describeScopeChange(one)} (${one.requestedByName}: ${shortReason(one.reason)})`),
  ]);
  return [paragraph(bold('Late changes that wait for a decision:')), list(items)];
}

/** Where to read on, and how to change it while that is possible. */
function nextSteps({ key, state }: Release): Line {
  const look = line`Every message: ${command('release', `schedule ${key}`)}. The rollout: ${command('release', `status ${key}`)}.`;
  if (!mayEdit(state)) return look;
  return line`${look} To change it: ${command('release', `edit ${key}`)}; to move go-live: ${command('release', `reschedule ${key}`)}.`;
}

function describeRecorded(release: Release, record: Operation): Line {
  return line`${happenedAt(release, record)}: ${eventTitle(record)}.${record.withoutGo ? ` ${WITHOUT_GO}` : ''}`;
}

function rolloutWords({ rollout }: Release['plan']): string {
  return `share of ${SHARED_OUT[rollout.strategy]}, soak, audience, gates.`;
}

/** How its decision is taken. */
function describeRule({ plan }: Release): string {
  const { roles, policy } = askedBy(plan, 'decision');
  const required = roles.filter((role) => !policy.observers.includes(role));
  const path =
    policy.path === 'emergency' ? `emergency path, ${listWords(required.map(roleTitle))} decide; ` : '';
  const signed = plan.goNoGo.signOff ? '; a go has to be signed off' : '';
  if (policy.rule === 'unanimous') return `${path}every role that votes has to vote go${signed}`;
  return `${describePolicy(policy, required.length)}${signed}`;
}

function list(items: Inline[][]): Block {
  return { type: 'list', ordered: false, items };
}

function holders({ people, plan }: Release): Field[] {
  return people
    .filter((person) => person.position === 'holder')
    .map(({ role, name }) => {
      const votes = plan.goNoGo.roles.includes(role) ? ', votes' : '';
      return field(roleTitle(role), `${name}${votes}`);
    });
}

/** How the votes stand, and in full what was said against. */
function pollBlocks(release: Release, poll: Poll): Block[] {
  const tally = tallyVotes(poll, poll.votes);
  const objections = tally.against.map((vote) => [
    bold(`${roleTitle(vote.role)} (${vote.personName}): `),
    text(`no-go: ${shortReason(vote.reason ?? '')}`),
  ]);
  return [
    paragraph(bold(pollSummary(release, poll, tally))),
    ...(objections.length > 0 ? [list(objections)] : []),
    ...quoteObjections(tally.against),
  ];
}

function polls({ plan }: Release): Inline[][] {
  const { zone } = plan.goLive;
  return deriveSchedule(plan).flatMap((item) => {
    if (item.kind !== 'poll') return [];
    const opens = localDate(item.dueAt, zone);
    const closes = localDate(item.poll.closesAt, zone);
    return [inlines(line`${bold(`${item.title}: `)}${opens} to ${closes}`)];
  });
}
