import { canonicalJson, type Json } from '../audit/canonical-json.ts';
import type { Plan } from './plan.ts';

/** A part of a plan that can be changed, in the order in which people are told. */
const parts = [
  'version',
  'product',
  'type',
  'summary',
  'scope',
  'roles',
  'channels',
  'links',
  'goNoGo',
  'communications',
  'rollout',
] as const satisfies readonly (keyof Plan)[];
export type PlanPart = (typeof parts)[number];

/** What a go was given for: when one of these changes, it is asked for again. */
const decided: readonly PlanPart[] = ['version', 'product', 'type', 'scope', 'goNoGo', 'rollout'];

/** How people call a part. */
export const partTitles: Record<PlanPart, string> = {
  version: 'version',
  product: 'product',
  type: 'type',
  summary: 'summary',
  scope: 'scope',
  roles: 'people',
  channels: 'channels',
  links: 'links',
  goNoGo: 'who votes and when',
  communications: 'messages',
  rollout: 'rollout',
};

/** What differs between a plan and the one that takes its place, and whether a decision has to be taken again. */
export function comparePlans(before: Plan, after: Plan): { changed: PlanPart[]; undoesDecision: boolean } {
  const changed = parts.filter((part) => !isSame(before[part], after[part]));
  return { changed, undoesDecision: changed.some((part) => decided.includes(part)) };
}

/** Whether two parts say the same, whatever the order of their fields. */
export function isSame(one: Json, other: Json): boolean {
  return canonicalJson(one) === canonicalJson(other);
}
