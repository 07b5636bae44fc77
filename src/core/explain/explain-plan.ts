import { countWords } from '../../lib/count-words.ts';
import { listWords } from '../../lib/list-words.ts';
import { describeInstant } from '../calendar/describe-instant.ts';
import { askedBy, describePolicy } from '../go-no-go/poll-policy.ts';
import { audienceAddresses } from '../plan/audience-addresses.ts';
import { CHANNEL_AUDIENCES } from '../plan/audiences.ts';
import { isSame } from '../plan/compare-plans.ts';
import { ENVIRONMENTS, PRODUCTION_CHANNEL_TITLES } from '../plan/environments.ts';
import { type Plan, planSchema } from '../plan/plan.ts';
import { MATRIX_ROLES, ROLE_NAMES, roleTitle } from '../plan/roles.ts';
import { PRESETS } from '../plan/rollout-presets.ts';
import { describeShiftRules } from '../plan/shifts-schema.ts';
import { DEFAULT_THREADS, describeThreadMode } from '../plan/threads-schema.ts';
import { findProduct, type Product, releaseManagerOn } from '../product-file/product.ts';
import { deriveGates } from '../readiness/gates/derive-gates.ts';
import { limitWords } from '../readiness/gates/gate-words.ts';
import { needsMaintenanceWindow } from '../readiness/thresholds.ts';
import { retrospectiveFor } from '../retrospective/retrospective.ts';
import { deriveSchedule } from '../schedule/derive-schedule.ts';
import { describePlaces } from '../schedule/nowhere.ts';
import { goLiveInstant } from '../schedule/resolve-schedule-time.ts';
import { explainRisk } from './explain-risk.ts';
import { explainRollout } from './explain-rollout.ts';
import { explainTimeline } from './explain-timeline.ts';
import { derived, type Explained, type ExplainedPart, either, given } from './explained.ts';

/**
 * Everything that a plan comes to, with where each value comes from. A value that is the same as its default counts
 * as the default, whether somebody wrote it or not; one that is the same as in the product's file counts as from there.
 */
export function explainPlan(plan: Plan, products: readonly Product[] = []): ExplainedPart[] {
  const product = findProduct(products, plan.product);
  const defaults = defaultsFor(plan);
  return [
    explainRelease(plan),
    explainArguments(plan, defaults, product),
    ...explainTimeline(plan),
    explainReadiness(plan),
    explainRisk(plan),
    explainEnvironments(plan, defaults),
    explainPeople(plan, product),
    explainGoNoGo(plan, defaults),
    explainRollout(plan, defaults, product),
    explainCommunications(plan),
    explainChannels(plan, defaults, product),
    explainRetrospective(plan),
  ];
}

/** The plan as it would be if it gave nothing but what it has to. */
function defaultsFor({ release, product, version, summary, goLive, roles }: Plan): Plan {
  return planSchema.parse({ release, product, version, summary, goLive, roles });
}

function explainRelease(plan: Plan): ExplainedPart {
  const { objectives, scope } = plan;
  const entries = Object.values(scope).flat().length;
  const optional = [
    ['code name', plan.codeName],
    ['goal', objectives.goal],
    ['success metrics', objectives.successMetrics.join('; ')],
    ['user impact', objectives.userImpact],
    ['revenue impact', objectives.revenueImpact],
    ['scope', entries === 0 ? '' : countWords(entries, 'change')],
  ] as const;
  return {
    title: 'Release',
    entries: [
      given('release', plan.release),
      given('product', plan.product),
      given('version', plan.version),
      given('summary', plan.summary),
      given('go-live', describeInstant(goLiveInstant(plan), plan.goLive.zone)),
      ...optional.flatMap(([name, value]) => (value ? [given(name, value)] : [])),
    ],
  };
}

function explainArguments(plan: Plan, defaults: Plan, product: Product | null): ExplainedPart {
  const names = ['type', 'teamSize', 'frequency', 'riskTolerance', 'stakeholders'] as const;
  const { strategy } = plan.rollout;
  return {
    title: 'What shapes the defaults',
    entries: [
      ...names.map((name) => {
        const isProduct = plan[name] === product?.[name];
        return either(name, plan[name], { isDefault: plan[name] === defaults[name], isProduct });
      }),
      either('rollout.strategy', strategy, {
        isDefault: strategy === defaults.rollout.strategy,
        isProduct: strategy === (product?.strategy ?? (product?.preset && PRESETS[product.preset].strategy)),
      }),
      either('goLive.zone', plan.goLive.zone, {
        isDefault: false,
        isProduct: plan.goLive.zone === product?.zone,
      }),
    ],
  };
}

function explainReadiness(plan: Plan): ExplainedPart {
  const { riskTolerance } = plan;
  const thresholds = deriveGates(plan).map((gate) =>
    gate.origin === 'default'
      ? derived(gate.title, limitWords(gate), gate.source)
      : given(gate.title, limitWords(gate)),
  );
  const window = needsMaintenanceWindow(riskTolerance)
    ? 'has to be scheduled and announced'
    : 'none is needed';
  return {
    title: `Readiness at risk tolerance ${riskTolerance}`,
    entries: [...thresholds, derived('Maintenance window', window, 'S2 §1')],
  };
}

function explainEnvironments(plan: Plan, defaults: Plan): ExplainedPart {
  const isDefault = isSame(plan.environments, defaults.environments);
  const before = plan.environments.map((name) => {
    const { title, purpose, deployment } = ENVIRONMENTS[name];
    return either(title, `${purpose}; builds get there ${deployment}`, { isDefault, source: 'S1 §2.1' });
  });
  const channels = plan.production.map((name) => PRODUCTION_CHANNEL_TITLES[name]).join('; ');
  const production = either('Production', channels, {
    isDefault: isSame(plan.production, defaults.production),
    source: 'S1 §2.1',
  });
  return { title: 'Environments', entries: [...before, production] };
}

function explainPeople({ roles, goLive }: Plan, product: Product | null): ExplainedPart {
  const entries = ROLE_NAMES.flatMap((name) => {
    const person = roles[name];
    if (person === undefined) return [];
    const backup = person.backup ? `, in their absence ${person.backup.name}` : '';
    const configured =
      product && (name === 'release_manager' ? releaseManagerOn(product, goLive.date) : product.roles[name]);
    const isProduct = configured ? isSame(person, configured) : false;
    return [either(roleTitle(name), `${person.name}${backup}`, { isDefault: false, isProduct })];
  });
  return { title: 'People', entries };
}

function explainGoNoGo(plan: Plan, defaults: Plan): ExplainedPart {
  const { roles, polls } = plan.goNoGo;
  const voters = either('Who votes', listWords(roles.map(roleTitle)), {
    isDefault: isSame(roles, [...MATRIX_ROLES]),
    source: 'S1 §1.3',
  });
  const { policy, emergency, signOff } = plan.goNoGo;
  const rules = [
    ...(policy
      ? [given('How votes count', describePolicy(askedBy(plan, 'decision').policy, roles.length))]
      : []),
    ...(policy && policy.observers.length > 0
      ? [given('Asked for advice', listWords(policy.observers.map(roleTitle)))]
      : []),
    ...(emergency ? [given('Emergency path of a hotfix', listWords(emergency.roles.map(roleTitle)))] : []),
    ...(signOff ? [given('Sign-off', 'a go approves the release once two people have signed it off')] : []),
  ];
  const isDefault = isSame(polls, defaults.goNoGo.polls);
  const schedule = deriveSchedule(plan).filter((item) => item.kind === 'poll');
  const opened = schedule.map((item) => {
    const closes = describeInstant(item.poll.closesAt, plan.goLive.zone);
    const value = `opens ${item.localTime}, closes ${closes}`;
    return either(item.title, value, { isDefault, source: 'S1 §3.2, §3.3' });
  });
  return { title: 'Go/no-go', entries: [voters, ...rules, ...opened] };
}

function explainCommunications(plan: Plan): ExplainedPart {
  const items = deriveSchedule(plan).filter(({ kind }) => kind !== 'poll');
  const entries = items.map((item) => {
    const value = `${[item.label, item.localTime].filter(Boolean).join(', ')}, to ${describePlaces(item)}`;
    return either(item.title, value, {
      isDefault: item.origin === 'default',
      source: 'S1 §3.3, §8.1; S2 §4',
    });
  });
  const dropped = plan.communications.drop.map((key) => given(key, 'dropped'));
  return {
    title: 'Messages',
    entries: [...entries, ...dropped, ...explainShifts(plan), ...explainThreads(plan)],
  };
}

/** They may come from the configuration; the plan that is kept does not tell. */
function explainShifts({ shifts }: Plan): Explained[] {
  if (shifts === undefined) return [];
  const { for: special = {}, ...general } = shifts;
  const all = [['everybody', general] as const, ...Object.entries(special)];
  return all.flatMap(([whom, rules]) => {
    const words = describeShiftRules(rules);
    return words === '' ? [] : [given(`not sent to ${whom}`, words)];
  });
}

function explainThreads({ threads }: Plan): Explained[] {
  if (threads === undefined) {
    const value = describeThreadMode(DEFAULT_THREADS);
    return [either('in threads', value, { isDefault: true, source: null })];
  }
  const { default: general = DEFAULT_THREADS, for: special = {} } =
    typeof threads === 'string' ? { default: threads } : threads;
  return [
    given('in threads', describeThreadMode(general)),
    ...Object.entries(special).map(([whom, mode]) => given(`in threads, ${whom}`, describeThreadMode(mode))),
  ];
}

function explainChannels(plan: Plan, defaults: Plan, product: Product | null): ExplainedPart {
  const entries = CHANNEL_AUDIENCES.flatMap((audience) => {
    const addresses = audienceAddresses(plan, audience);
    if (addresses.length === 0) return [];
    const isDefault = isSame([...addresses], [...audienceAddresses(defaults, audience)]);
    const source = audience === 'release' ? 'S1 §8.1' : null;
    const configured = product?.channels[audience];
    const isProduct = configured !== undefined && isSame([...addresses], [...configured]);
    return [either(audience, listWords([...addresses]), { isDefault, isProduct, source })];
  });
  return { title: 'Channels', entries };
}

function explainRetrospective({ frequency, teamSize }: Plan): ExplainedPart {
  const { timing, minutes, agenda, inThreads } = retrospectiveFor(frequency, teamSize);
  const where = inThreads ? ', in threads that stay open for 24 hours' : '';
  const parts = agenda.map(({ title, minutes: length }) => `${title} ${length} min`).join('; ');
  return {
    title: 'Retrospective',
    entries: [
      derived('When', timing, 'S2 §5'),
      derived('Length', `${minutes} minutes${where}`, 'S2 §5'),
      derived('Agenda', parts, 'S2 §5'),
    ],
  };
}
