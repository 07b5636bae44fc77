import { listWords } from '../../lib/list-words.ts';
import { describeDate, describeInstant, describeTime } from '../calendar/describe-instant.ts';
import { describeSpan } from '../calendar/duration.ts';
import type { Inline } from '../card/card.ts';
import { AUDIENCES } from '../plan/audiences.ts';
import { LINK_NAMES, LINK_TITLES } from '../plan/links-schema.ts';
import type { Person, Plan } from '../plan/plan.ts';
import { linkInlines } from '../plan/plan-links.ts';
import { ROLE_NAMES, ROLES, type RoleName, roleTitle } from '../plan/roles.ts';
import { releaseStateTitles } from '../release/release-state.ts';
import { describePercent } from '../rollout/describe-percent.ts';
import { describePhase } from '../rollout/describe-phase.ts';
import { shortestRolloutMs } from '../schedule/derive-schedule.ts';
import { describePoll } from '../schedule/describe-poll.ts';
import { goLiveInstant } from '../schedule/resolve-schedule-time.ts';
import { literalValue } from './literal-value.ts';
import {
  describeDecision,
  describeDistance,
  describeRelation,
  describeSource,
  type ReleaseFacts,
} from './release-facts.ts';

/** What a template may say `{{…}}` for. A value that can be empty is `optional`: it needs an `{{#if}}`. */
export interface MessageVariable {
  kind: 'text' | 'list' | 'inline';
  optional: boolean;
  description: string;
  read(plan: Plan, facts: ReleaseFacts): VariableValue;
}

/** A text, a list of texts, or what each platform spells in its own way; empty where nothing is known. */
export type VariableValue = string | readonly string[] | NamedInline;

/** A command to type, somebody who is to act, or a page to look at. */
export type NamedInline = Extract<Inline, { type: 'command' | 'person' | 'link' }>;

type TextReader = (plan: Plan, facts: ReleaseFacts) => string;

function always(description: string, read: TextReader): MessageVariable {
  return { kind: 'text', optional: false, description, read };
}

function sometimes(description: string, read: TextReader): MessageVariable {
  return { kind: 'text', optional: true, description, read };
}

function commandVariable(
  description: string,
  name: string,
  { subcommand, after }: { subcommand?: string; after?: string } = {},
): MessageVariable {
  const read = ({ release }: Plan): NamedInline => {
    const args = [subcommand, release, after].filter((word) => word !== undefined).join(' ');
    return { type: 'command', command: name, args };
  };
  return { kind: 'inline', optional: false, description, read };
}

function list(description: string, read: (plan: Plan, facts: ReleaseFacts) => string[]): MessageVariable {
  return { kind: 'list', optional: true, description, read };
}

const RELEASE: Record<string, MessageVariable> = {
  'release.key': always('the release key', (plan) => plan.release),
  'release.product': always('the product', (plan) => plan.product),
  'release.version': always('the version', (plan) => plan.version),
  'release.type': always('the release type', (plan) => plan.type),
  'release.summary': always('what the release brings', (plan) => plan.summary),
  'release.state': always('where the release stands', (_, facts) => releaseStateTitles[facts.state]),
};

const GO_LIVE: Record<string, MessageVariable> = {
  'goLive.at': always('date, time and zone of go-live', (plan) =>
    describeInstant(goLiveInstant(plan), plan.goLive.zone),
  ),
  'goLive.date': always('the date of go-live', (plan) => describeDate(goLiveInstant(plan), plan.goLive.zone)),
  'goLive.time': always('the time of go-live', (plan) => describeTime(goLiveInstant(plan), plan.goLive.zone)),
  'goLive.zone': always('the time zone of the release', (plan) => plan.goLive.zone),
  'goLive.relation': always(
    'such as "14 days before go-live", "on the day of go-live", "1 day after go-live"',
    describeRelation,
  ),
  'goLive.distance': always('such as "in 14 days", "today", "1 day ago"', describeDistance),
};

const SCOPE: Record<string, MessageVariable> = {
  'scope.features': list('the features of the release', (plan) => plan.scope.features),
  'scope.fixes': list('the fixes', (plan) => plan.scope.fixes),
  'scope.performance': list('the performance improvements', (plan) => plan.scope.performance),
  'scope.security': list('the security updates', (plan) => plan.scope.security),
  'scope.debt': list('the technical debt paid', (plan) => plan.scope.debt),
};

const GO_NO_GO: Record<string, MessageVariable> = {
  'goNoGo.voters': list('who votes: role and name', (plan) =>
    plan.goNoGo.roles.flatMap((role) => namedRole(plan, role)),
  ),
  'goNoGo.readinessOpens': sometimes('when the readiness check opens', (plan) =>
    describePoll(plan, 'readiness', 'opens'),
  ),
  'goNoGo.readinessCloses': sometimes('when the readiness check closes', (plan) =>
    describePoll(plan, 'readiness', 'closes'),
  ),
  'goNoGo.decisionOpens': always('when the decision poll opens', (plan) =>
    describePoll(plan, 'decision', 'opens'),
  ),
  'goNoGo.decisionCloses': always('when the decision poll closes', (plan) =>
    describePoll(plan, 'decision', 'closes'),
  ),
  'decision.outcome': sometimes('go or no-go, and when; empty when none is known', describeDecision),
  'decision.stands': sometimes('"yes" when a go stands and the rollout has not begun', (_, { state }) =>
    state === 'approved' ? 'yes' : '',
  ),
};

const ROLLOUT: Record<string, MessageVariable> = {
  'rollout.trafficPercent': sometimes(
    'percent of traffic on the new version; empty when not known',
    (_, facts) => (facts.trafficPercent === null ? '' : percent(facts.trafficPercent)),
  ),
  'rollout.asOf': always(
    'where that percentage comes from: "as last read from the live system", or who recorded it and when',
    describeSource,
  ),
  'rollout.automated': sometimes(
    '"yes" when tminus moves the traffic; empty when no driver is configured for the release',
    (_, { hasDriver = true }) => (hasDriver ? 'yes' : ''),
  ),
  'rollout.withoutGo': sometimes(
    '"yes" when it was deployed although no go decision stood, as was recorded',
    (_, { withoutGo = false }) => (withoutGo ? 'yes' : ''),
  ),
  'rollout.firstPercent': always('the share of the first phase', (plan) =>
    percent(plan.rollout.phases[0]?.trafficPercent ?? 100),
  ),
  'rollout.phases': list('the phases: share, soak, criteria', (plan) =>
    plan.rollout.phases.map(describePhase),
  ),
  'rollout.shortest': sometimes(
    'the shortest time to 100 %; empty when there is one phase, or no driver that keeps to them',
    (plan, { hasDriver = true }) => {
      const length = shortestRolloutMs(plan.rollout.phases);
      return length === 0 || !hasDriver ? '' : describeSpan(length);
    },
  ),
  'rollout.guarded': sometimes(
    '"yes" when tminus checks the criteria of every phase but the last',
    (plan, facts) => {
      const steps = plan.rollout.phases.slice(0, -1);
      return (facts.hasDriver ?? true) &&
        steps.length > 0 &&
        steps.every(({ criteria }) => criteria.length > 0)
        ? 'yes'
        : '';
    },
  ),
  'rollback.reason': sometimes(
    'why it was rolled back; empty when not known',
    (_, facts) => facts.rolledBackReason ?? '',
  ),
};

const PEOPLE: Record<string, MessageVariable> = {
  contacts: list('everyone in the plan: role, name, e-mail address, backup', (plan) =>
    ROLE_NAMES.flatMap((role) => {
      const person = plan.roles[role];
      return person === undefined ? [] : [`${roleTitle(role)}: ${describePerson(person)}`];
    }),
  ),
  ...Object.fromEntries(
    ROLE_NAMES.map((role) => {
      const make = ROLES[role].required ? always : sometimes;
      return [`roles.${role}`, make(`the ${roleTitle(role)}'s name`, (plan) => plan.roles[role]?.name ?? '')];
    }),
  ),
};

/** Somebody who is asked to do something: a platform notifies them, where it knows them. */
const ASKED: Record<string, MessageVariable> = Object.fromEntries(
  ROLE_NAMES.map((role) => {
    const read = (plan: Plan, { answering }: ReleaseFacts): VariableValue => {
      const name = answering?.[role]?.name ?? plan.roles[role]?.name;
      if (name === undefined) return '';
      const identities = answering?.[role]?.identities ?? [];
      return { type: 'person', name: literalValue(name), mention: true, identities };
    };
    const description = `the ${roleTitle(role)}, or whoever stands in, who is to act: notified where the platform knows them`;
    return [`ask.${role}`, { kind: 'inline' as const, optional: !ROLES[role].required, description, read }];
  }),
);

const COMMANDS: Record<string, MessageVariable> = {
  'command.show': commandVariable('what to type to see the release', 'release', { subcommand: 'show' }),
  'command.schedule': commandVariable('what to type to see every message', 'release', {
    subcommand: 'schedule',
  }),
  'command.status': commandVariable('what to type to see the rollout', 'release', { subcommand: 'status' }),
  'command.askGoNoGo': commandVariable('what to type to ask for the decision', 'release', {
    subcommand: 'go-no-go',
  }),
  'command.promote': commandVariable('what to type to promote the release', 'promote'),
  'command.rollback': commandVariable('what to type to roll the release back', 'rollback'),
  'command.recordDeployed': commandVariable(
    'what to type to record that it was deployed without tminus',
    'release',
    { subcommand: 'record', after: 'deployed 100%' },
  ),
  'command.recordRolledBack': commandVariable(
    'what to type to record that it was rolled back without tminus',
    'release',
    { subcommand: 'record', after: 'rolled back' },
  ),
};

const LINKS: Record<string, MessageVariable> = Object.fromEntries(
  LINK_NAMES.map((name) => {
    const read = ({ links }: Plan): VariableValue => linkInlines(links, [name])[0] ?? '';
    const description = `a link labelled "${LINK_TITLES[name]}"`;
    return [`links.${name}`, { kind: 'inline' as const, optional: true, description, read }];
  }),
);

const CHANNELS: Record<string, MessageVariable> = Object.fromEntries(
  AUDIENCES.map((audience) => [
    `channels.${audience}`,
    always(`the channels of the audience ${audience}`, (plan) => listWords(plan.channels[audience])),
  ]),
);

/** Every variable there is, by name. A template that uses another one is refused when it is loaded. */
export const MESSAGE_VARIABLES: ReadonlyMap<string, MessageVariable> = new Map(
  Object.entries({
    ...RELEASE,
    ...GO_LIVE,
    ...SCOPE,
    ...GO_NO_GO,
    ...ROLLOUT,
    ...PEOPLE,
    ...ASKED,
    ...COMMANDS,
    ...LINKS,
    ...CHANNELS,
  }),
);

function describePerson({ name, email, backup }: Person): string {
  const own = `${name}, ${email}`;
  return backup === undefined ? own : `${own}; backup ${backup.name}, ${backup.email}`;
}

function namedRole(plan: Plan, role: RoleName): string[] {
  const person = plan.roles[role];
  return person === undefined ? [] : [`${roleTitle(role)}: ${person.name}`];
}

function percent(value: number): string {
  return `${describePercent(value)} %`;
}
