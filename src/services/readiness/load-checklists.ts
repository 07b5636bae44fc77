import { checklistTitles } from '../../core/readiness/checklists/checklist-titles.ts';
import { deriveChecklists } from '../../core/readiness/checklists/derive-checklists.ts';
import { ASIDE } from '../../core/tasks/task-after-change.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { findTasks, type Task } from '../../db/queries/tasks.ts';
import type { Queries } from '../../db/transaction.ts';

/** A checklist of a release as it stands: its items in their order. */
export interface Checklist {
  key: string;
  title: string;
  items: readonly Task[];
}

/** The checklists of a release, in the order in which they are shown, without what its plan has dropped. */
export async function loadChecklists(db: Queries, release: Release): Promise<Checklist[]> {
  return toChecklists(release, await findTasks(db, [release.id]));
}

/** The same of tasks that are at hand. */
export function toChecklists({ plan }: Pick<Release, 'plan'>, tasks: readonly Task[]): Checklist[] {
  const order = new Map(
    deriveChecklists(plan).flatMap(({ key, items }) =>
      items.map((item, index): [string, number] => [`checklist-${key}-${item.key}`, index]),
    ),
  );
  const position = ({ key }: Task) => order.get(key) ?? order.size;
  return [...checklistTitles(plan)].flatMap(([key, title]) => {
    const items = tasks
      .filter(({ checklist, reason }) => checklist === key && reason !== ASIDE.dropped)
      .sort((one, other) => position(one) - position(other));
    return items.length === 0 ? [] : [{ key, title, items }];
  });
}
