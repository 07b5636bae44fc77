import { addDays } from '../../calendar/add-days.ts';
import { offsetToDays } from '../../calendar/duration-patterns.ts';
import { lastWorkingDay, localDate } from '../../calendar/working-days.ts';
import { checklistChanges } from '../../plan/checklists-schema.ts';
import type { Plan } from '../../plan/plan.ts';
import type { RoleName } from '../../plan/roles.ts';
import { pollInstant } from '../../schedule/poll-instant.ts';
import type { Checklist, ChecklistDue, ChecklistItem } from './checklist.ts';
import { DEFAULT_CHECKLISTS } from './default-checklists.ts';

/** An item of a release, with the date (YYYY-MM-DD, in the release's zone) by which it has to be settled. */
export interface DatedItem {
  key: string;
  title: string;
  owner: RoleName;
  dueOn: string;
  settledBy: 'people' | 'decision';
  /** Whether it is as it comes, one that the plan changes, or one that it adds. */
  origin: 'default' | 'changed' | 'added';
}

export interface DatedChecklist {
  key: string;
  title: string;
  items: readonly DatedItem[];
}

/**
 * The checklists of a plan: those for its type and stakeholders, with its changes, without what it drops, and what it
 * adds. Continuous delivery has only those that the plan includes, since nobody ticks fifty items several times a day.
 * What falls on a weekend is due on the working day before.
 */
export function deriveChecklists(plan: Plan): DatedChecklist[] {
  const { drop, lists, add } = checklistChanges(plan);
  const defaults = DEFAULT_CHECKLISTS.filter((list) => isOf(plan, list)).map((list) => ({
    ...list,
    items: list.items.filter((item) => isItemOf(plan, item)),
  }));
  const own = lists.map(({ key, title, offset }): Checklist => ({ key, title, due: { offset }, items: [] }));
  return [...defaults, ...own]
    .filter(({ key }) => !drop.includes(key))
    .map((list) => {
      const kept = list.items.filter(({ key }) => !drop.includes(`${list.key}/${key}`));
      const added = add.filter(({ checklist }) => checklist === list.key);
      const items = [
        ...kept.map((item) => datedItem(plan, list, item)),
        ...added.map((item): DatedItem => {
          const due = item.offset === undefined ? list.due : { offset: item.offset };
          const { key, title, owner } = item;
          return { key, title, owner, dueOn: dueDateOf(plan, due), settledBy: 'people', origin: 'added' };
        }),
      ];
      return { key: list.key, title: list.title, items };
    })
    .filter(({ items }) => items.length > 0);
}

function isOf(plan: Plan, list: Checklist): boolean {
  const { type, stakeholders, frequency } = plan;
  const { include, regulated } = checklistChanges(plan);
  if (include.includes(list.key)) return true;
  if (list.items.some(({ data }) => data !== undefined && regulated.includes(data))) return true;
  if (frequency === 'continuous') return false;
  const isOfType = list.types?.includes(type) ?? true;
  return isOfType && (list.stakeholders?.includes(stakeholders) ?? true);
}

function isItemOf(plan: Plan, { data, notAt }: ChecklistItem): boolean {
  const { regulated } = checklistChanges(plan);
  return (data === undefined || regulated.includes(data)) && notAt !== plan.riskTolerance;
}

function datedItem(plan: Plan, list: Checklist, item: ChecklistItem): DatedItem {
  const change = checklistChanges(plan).change[`${list.key}/${item.key}`];
  const due = change?.offset === undefined ? list.due : { offset: change.offset };
  return {
    key: item.key,
    title: change?.title ?? item.title,
    owner: change?.owner ?? item.owner,
    dueOn: dueDateOf(plan, due),
    settledBy: item.settledBy ?? 'people',
    origin: change === undefined ? 'default' : 'changed',
  };
}

function dueDateOf(plan: Plan, due: ChecklistDue): string {
  const { date, zone } = plan.goLive;
  if (due !== 'before-decision') return lastWorkingDay(addDays(date, offsetToDays(due.offset)));
  const opens = pollInstant(plan, 'decision', 'opens');
  const asked = opens === undefined ? date : localDate(opens, zone);
  // There is no day before it for a hotfix that is planned on its day.
  return plan.type === 'hotfix' ? asked : lastWorkingDay(addDays(asked, -1));
}
