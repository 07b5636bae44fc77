import { Temporal } from 'temporal-polyfill';
import type { Plan } from '../plan/plan.ts';

/** What a fact says: a text, or the lines of a list. */
export type FactValue = string | readonly string[];

/** When the turn of a wave of tenants comes, epoch ms. */
export interface ToldWave {
  at: number;
}

interface FactDefinition {
  /** How people call it. */
  title: string;
  /** The variables of a template that state it. */
  variables: readonly string[];
  /** `wave`: whose turn it is, where the readers are tenants. Undefined: it says nothing to these readers. */
  read(plan: Plan, wave?: ToldWave): FactValue | undefined;
}

/** What a message may state that a change of the plan makes untrue, in the order in which people are told. */
export const FACTS = {
  date: {
    title: 'go-live date',
    variables: ['goLive.at', 'goLive.date', 'goLive.relation', 'goLive.distance'],
    read: ({ goLive }) => goLive.date,
  },
  time: {
    title: 'go-live time',
    variables: ['goLive.at', 'goLive.time', 'goLive.distance'],
    read: ({ goLive }) => `${goLive.time} ${goLive.zone}`,
  },
  wave: {
    title: 'date of the upgrade',
    variables: ['wave.at'],
    read: ({ goLive }, wave) => wave && localInstant(wave.at, goLive.zone),
  },
  product: {
    title: 'product',
    variables: ['release.product'],
    read: ({ product }) => product,
  },
  version: {
    title: 'version',
    variables: ['release.version'],
    read: ({ version }) => version,
  },
  type: {
    title: 'type',
    variables: ['release.type'],
    read: ({ type }) => type,
  },
  summary: {
    title: 'summary',
    variables: ['release.summary'],
    read: ({ summary }) => summary,
  },
  features: {
    title: 'features',
    variables: ['scope.features'],
    read: ({ scope }) => scope.features,
  },
  fixes: {
    title: 'fixes',
    variables: ['scope.fixes'],
    read: ({ scope }) => scope.fixes,
  },
  performance: {
    title: 'performance improvements',
    variables: ['scope.performance'],
    read: ({ scope }) => scope.performance,
  },
  security: {
    title: 'security updates',
    variables: ['scope.security'],
    read: ({ scope }) => scope.security,
  },
  debt: {
    title: 'technical debt',
    variables: ['scope.debt'],
    read: ({ scope }) => scope.debt,
  },
} as const satisfies Record<string, FactDefinition>;

export type FactName = keyof typeof FACTS;

// Of a record whose keys are known by its type.
export const FACT_NAMES = Object.keys(FACTS) as FactName[];

/**
 * Facts that are told in a sentence whose wording is fixed, so that nobody has to approve it. Everything else is in the
 * plan's own words.
 */
export const IN_FIXED_WORDS: readonly FactName[] = ['date', 'time', 'wave', 'product', 'version'];

/** The facts that one message states, with the values it gives. */
export type StatedFacts = { readonly [Name in FactName]?: FactValue };

/** What a fact was said to be, and what it is. */
export interface FactChange {
  from: FactValue;
  to: FactValue;
}
export type FactChanges = { readonly [Name in FactName]?: FactChange };

/** The facts of a plan: those that are named, or all. `wave`: of readers who are tenants. */
export function factsOf(
  plan: Plan,
  names: readonly FactName[] = FACT_NAMES,
  wave?: ToldWave | undefined,
): StatedFacts {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value: FactValue | undefined = FACTS[name].read(plan, wave);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** `2030-06-20 10:00 Europe/Amsterdam` */
function localInstant(instant: number, zone: string): string {
  const local = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);
  return `${local.toPlainDate()} ${local.toPlainTime().toString({ smallestUnit: 'minute' })} ${zone}`;
}

/** The facts that variables of a template state. */
export function factsStatedBy(variables: ReadonlySet<string>): FactName[] {
  return FACT_NAMES.filter((name) => FACTS[name].variables.some((variable) => variables.has(variable)));
}

/** Whether two values say the same; the order of a list says nothing. */
export function isSameFact(one: FactValue, other: FactValue): boolean {
  if (typeof one === 'string' || typeof other === 'string') return one === other;
  return JSON.stringify([...one].sort()) === JSON.stringify([...other].sort());
}

/** Which of the facts that somebody holds are not so (any more). */
export function staleFacts(held: StatedFacts, current: StatedFacts): FactChanges {
  return Object.fromEntries(
    FACT_NAMES.flatMap((name) => {
      const from = held[name];
      const to = current[name];
      return from === undefined || to === undefined || isSameFact(from, to) ? [] : [[name, { from, to }]];
    }),
  );
}
