import type { Plan } from '../../plan/plan.ts';
import { DEFAULT_CHECKLISTS } from './default-checklists.ts';
import { deriveChecklists } from './derive-checklists.ts';

/** The checklists of a plan by their keys, with their titles, in the order in which they are shown. */
export function checklistTitles(plan: Plan): ReadonlyMap<string, string> {
  return new Map(deriveChecklists(plan).map(({ key, title }) => [key, title]));
}

/** The title of one that a plan may have dropped since. */
export function checklistTitle(plan: Plan, key: string): string {
  const known = DEFAULT_CHECKLISTS.find((list) => list.key === key)?.title;
  return checklistTitles(plan).get(key) ?? known ?? key;
}
