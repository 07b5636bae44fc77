import { suggest } from '../../lib/closest.ts';
import { describeInstant } from '../calendar/describe-instant.ts';
import type { AudienceChannels } from '../plan/audiences.ts';
import type { Plan } from '../plan/plan.ts';
import type { Shifts } from '../plan/shifts-schema.ts';
import type { Threads } from '../plan/threads-schema.ts';
import type { Product } from '../product-file/product.ts';
import type { ScheduleEvent } from '../schedule/default-communication.ts';
import { DEFAULT_COMMUNICATIONS, pollItemKey } from '../schedule/default-communications.ts';
import { goLiveInstant, resolveScheduleTime } from '../schedule/resolve-schedule-time.ts';
import { type AdapterNames, checkAdapters, checkGateSources } from './check-adapters.ts';
import { checkChecklists } from './check-checklists.ts';
import { checkGates } from './check-gates.ts';
import { checkKeys } from './check-keys.ts';
import { checkMilestones } from './check-milestones.ts';
import { checkPolicy } from './check-policy.ts';
import { issue, type PlanIssue } from './plan-issue.ts';

/** A plan of which some parts may be unreadable: only what is there is checked. */
export type PartialPlan = { [Field in keyof Omit<Plan, 'rollout'>]?: Plan[Field] | undefined } & {
  rollout?: Pick<Plan['rollout'], 'driver' | 'metrics'> | undefined;
};

export interface PlanCheckOptions {
  /** Epoch ms; when given, a go-live that has passed is refused. */
  now?: number;
  /** Names of the templates there are; when given, others are refused. */
  templates?: readonly string[];
  /** The same of products that have their own, by the name of the product. */
  productTemplates?: ReadonlyMap<string, { keys(): Iterable<string> }>;
  /** For the audiences to which the plan gives no channel. */
  defaultChannels?: AudienceChannels;
  /** When messages should not be sent, where the plan says nothing. */
  defaultShifts?: Shifts;
  /** What goes into threads, where the plan says nothing. */
  defaultThreads?: Threads | undefined;
  /** What a plan inherits from its product. */
  products?: readonly Product[];
  /** When given, drivers and metrics sources that are not configured are refused. */
  adapters?: AdapterNames;
}

/** What no single field can tell: how parts of a plan fit each other, and the present. */
export function checkPlan(plan: PartialPlan, options: PlanCheckOptions): PlanIssue[] {
  return [
    ...checkGoLiveAhead(plan, options.now),
    ...checkVoters(plan),
    ...checkDistinctPeople(plan),
    ...checkPolicy(plan),
    ...checkPolls(plan),
    ...checkMilestones(plan),
    ...checkChecklists(plan),
    ...checkGates(plan),
    ...checkCommunicationKeys(plan),
    ...checkChanges(plan),
    ...checkTemplates(plan, templateNames(plan, options)),
    ...(plan.rollout && options.adapters ? checkAdapters(plan.rollout, options.adapters) : []),
    ...(options.adapters ? checkGateSources(plan, options.adapters) : []),
  ];
}

function checkGoLiveAhead({ goLive }: PartialPlan, now: number | undefined): PlanIssue[] {
  if (goLive === undefined || now === undefined) return [];
  const instant = goLiveInstant({ goLive });
  if (instant > now) return [];
  const message = `is ${describeInstant(instant, goLive.zone)}, which has passed`;
  return [issue(['goLive'], message, 'a go-live that is still ahead')];
}

function checkVoters({ goNoGo, roles }: PartialPlan): PlanIssue[] {
  if (goNoGo === undefined || roles === undefined) return [];
  return goNoGo.roles.flatMap((name, index) =>
    roles[name] === undefined
      ? [
          issue(
            ['goNoGo', 'roles', index],
            `asks ${name}, for whom the plan has no person`,
            `roles.${name} to be given`,
          ),
        ]
      : [],
  );
}

function checkDistinctPeople({ goNoGo, roles }: PartialPlan): PlanIssue[] {
  if (!goNoGo?.distinctPeople || roles === undefined) return [];
  const addresses = goNoGo.roles.map((name) => roles[name]?.email.toLowerCase());
  return goNoGo.roles.flatMap((name, index) => {
    const first = addresses.indexOf(addresses[index]);
    const other = goNoGo.roles[first];
    if (addresses[index] === undefined || first === index || other === undefined) return [];
    const message = `is also the address of ${other}, but goNoGo.distinctPeople is true`;
    return [issue(['roles', name, 'email'], message, 'a different person for each role that votes')];
  });
}

function checkPolls({ goNoGo, goLive }: PartialPlan): PlanIssue[] {
  if (goNoGo === undefined || goLive === undefined) return [];
  const goLiveAt = goLiveInstant({ goLive });
  const spans = goNoGo.polls.map((poll, index) => ({
    poll,
    path: ['goNoGo', 'polls', index] as const,
    opens: resolveScheduleTime(poll.opens, goLive).instant,
    closes: resolveScheduleTime(poll.closes, goLive).instant,
  }));
  const issues = spans.flatMap(({ path, opens, closes }) => {
    if (closes <= opens)
      return [issue([...path, 'closes'], 'is not after the poll opens', 'a moment after `opens`')];
    const late = closes > goLiveAt;
    return late ? [issue([...path, 'closes'], 'is after go-live', 'a moment before go-live')] : [];
  });
  const ordered = [...spans].sort((left, right) => left.opens - right.opens);
  const overlaps = ordered.flatMap((span, index) => {
    const before = ordered[index - 1];
    if (before === undefined || span.opens >= before.closes) return [];
    const message = `opens while the poll ${before.poll.key} is open`;
    return [issue([...span.path, 'opens'], message, 'polls one after the other')];
  });
  return [...issues, ...overlaps];
}

const DEFAULT_KEYS = DEFAULT_COMMUNICATIONS.map(({ key }) => key);

function checkCommunicationKeys({ communications, goNoGo }: PartialPlan): PlanIssue[] {
  if (communications === undefined) return [];
  const pollKeys = (goNoGo?.polls ?? []).map((poll) => pollItemKey(poll.key));
  return checkKeys(communications, {
    part: 'communications',
    defaults: DEFAULT_KEYS,
    named: 'default communication',
    each: 'communication',
    elsewhere: { keys: pollKeys, hint: 'Polls are changed under goNoGo.polls.' },
  });
}

const eventWords: Record<ScheduleEvent, string> = {
  'rollout-started': 'when the rollout starts',
  'traffic-reduced': 'when less than all traffic is recorded',
  'rollout-completed': 'when the rollout completes',
  'rolled-back': 'when the release is rolled back',
  cancelled: 'when the release is cancelled',
};

function checkChanges({ communications }: PartialPlan): PlanIssue[] {
  return Object.entries(communications?.change ?? {}).flatMap(([key, change]) => {
    const item = DEFAULT_COMMUNICATIONS.find((candidate) => candidate.key === key);
    if (item === undefined) return [];
    const path = ['communications', 'change', key];
    const moved = change.offset !== undefined || change.time !== undefined || change.goLive !== undefined;
    const issues: PlanIssue[] = [];
    if (moved && 'event' in item.when) {
      issues.push(
        issue(path, `gives a time to what comes ${eventWords[item.when.event]}`, 'no offset, time or goLive'),
      );
    } else if (change.offset !== undefined && change.time === undefined && 'goLive' in item.when) {
      issues.push(issue(path, 'moves it to another day without a time', '`time` along with `offset`'));
    }
    if (change.template !== undefined && item.template === null) {
      issues.push(
        issue([...path, 'template'], 'is given for the live card', 'no template: the card shows the rollout'),
      );
    }
    if (change.customerFacing === true && item.template === null) {
      const why = 'is set for the live card, which changes all the time, so that nobody can approve it';
      issues.push(issue([...path, 'customerFacing'], why, 'no customerFacing'));
    }
    return issues;
  });
}

function templateNames({ product = '' }: PartialPlan, { templates, productTemplates }: PlanCheckOptions) {
  const own = productTemplates?.get(product);
  return own ? [...own.keys()] : templates;
}

function checkTemplates(
  { communications }: PartialPlan,
  templates: readonly string[] | undefined,
): PlanIssue[] {
  if (communications === undefined || templates === undefined) return [];
  const used = [
    ...Object.entries(communications.change).map(([key, { template }]) => ({
      path: ['communications', 'change', key, 'template'],
      template,
    })),
    ...communications.add.map(({ template }, index) => ({
      path: ['communications', 'add', index, 'template'],
      template,
    })),
  ];
  return used.flatMap(({ path, template }) => {
    if (template === undefined || templates.includes(template)) return [];
    const hint = suggest(template, templates);
    return [issue(path, `is "${template}", which is not a template`, 'the name of a template', hint)];
  });
}
