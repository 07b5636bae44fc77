import { canonicalJson, type Json } from '../audit/canonical-json.ts';
import type { Plan } from './plan.ts';
import { digestOf, planDigest } from './plan-digest.ts';

/** A part of a plan that can be changed: all but what it is known by, and go-live, which is moved instead. */
export type PlanPart = Exclude<keyof Plan, 'release' | 'goLive'>;

/** How people call each part of a plan that can be changed, in the order in which they are told. */
export const partTitles: Record<PlanPart, string> = {
  version: 'version',
  build: 'build',
  product: 'product',
  codeName: 'code name',
  type: 'type',
  teamSize: 'size of the team',
  frequency: 'how often it is released',
  riskTolerance: 'risk tolerance',
  stakeholders: 'whom it concerns',
  summary: 'summary',
  objectives: 'objectives',
  scope: 'scope',
  customerNotice: 'when customers hear of it',
  customerAction: 'what customers have to do',
  downtime: 'downtime',
  tenants: 'tenants',
  waves: 'waves of tenants',
  environments: 'environments',
  production: 'production channels',
  timeline: 'timeline',
  risk: 'risk factors',
  milestones: 'milestones',
  checklists: 'checklists',
  readiness: 'gates',
  roles: 'people',
  channels: 'channels',
  links: 'links',
  repository: 'repository',
  goNoGo: 'who votes and when',
  communications: 'messages',
  shifts: 'quiet hours and holidays',
  threads: 'what goes into threads',
  rollout: 'rollout',
};

// Of a record whose keys are known by its type.
const parts = Object.keys(partTitles) as PlanPart[];

/** What a go was given for: when one of these changes, it is asked for again. */
const decided: readonly PlanPart[] = [
  'version',
  'build',
  'product',
  'type',
  'riskTolerance',
  'scope',
  'environments',
  'production',
  'goNoGo',
  'rollout',
];

/** What a vote belongs to, each as a hash or as it is: the whole plan, and those parts of it for which a go is given. */
export interface Contents {
  version: string;
  /** Null: the plan names none. */
  build: string | null;
  scope: string;
  /** All parts for which a go is given: when it changes, votes are outdated. */
  terms: string;
  plan: string;
}

export function contentsOf(plan: Plan): Contents {
  const { version, build = null, scope } = plan;
  const terms = digestOf(Object.fromEntries(decided.map((part) => [part, plan[part]])));
  return { version, build, scope: digestOf(scope), terms, plan: planDigest(plan) };
}

/** What differs between a plan and the one that takes its place, and whether a decision has to be taken again. */
export function comparePlans(before: Plan, after: Plan): { changed: PlanPart[]; undoesDecision: boolean } {
  const changed = parts.filter((part) => !isSame(before[part] ?? null, after[part] ?? null));
  return { changed, undoesDecision: changed.some((part) => decided.includes(part)) };
}

/** Whether two parts say the same, whatever the order of their fields. */
export function isSame(one: Json, other: Json): boolean {
  return canonicalJson(one) === canonicalJson(other);
}
