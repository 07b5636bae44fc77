import { type Block, bold } from '../../../core/card/card.ts';
import { type Line, line } from '../../../core/card/line.ts';
import { countdown } from '../../../core/card/local-date.ts';
import { checklistTitle } from '../../../core/readiness/checklists/checklist-titles.ts';
import type { Release } from '../../../db/queries/load-release.ts';
import type { Task } from '../../../db/queries/tasks.ts';
import { shortenAtWord } from '../../../lib/shorten-text.ts';
import { tickButton } from './checklist-parts.ts';
import { lines } from './lines.ts';

/** From so many on, items of one checklist are one entry: nobody wants to read them one below the other. */
const groupedFrom = 2;
/** So long may the titles of the open items be. */
const titlesLength = 240;

interface Found {
  release: Release;
  task: Task;
  /** Why its reader is asked, where it is not theirs at first. */
  why: string | null;
}

/** What is shown as one: a task, or several items of one checklist. */
export interface TaskEntry extends Omit<Found, 'task'> {
  tasks: readonly [Task, ...Task[]];
}

/** Tasks in their order, with the items of a checklist together where its first one stands. */
export function groupTasks(found: readonly Found[]): TaskEntry[] {
  const alike = (one: Found) =>
    one.task.checklist === null
      ? [one]
      : found.filter(
          ({ release, task, why }) =>
            release.id === one.release.id && task.checklist === one.task.checklist && why === one.why,
        );
  return found.flatMap((one): TaskEntry[] => {
    const { release, task, why } = one;
    const group = alike(one);
    if (group.length < groupedFrom) return [{ release, why, tasks: [task] }];
    const others = group.filter((other) => other !== one).map((other) => other.task);
    return group[0] === one ? [{ release, why, tasks: [task, ...others] }] : [];
  });
}

/** Several items of one checklist: how many are open, by when, which; and the button to tick them. */
export function checklistEntryBlocks(
  { release, tasks, why }: TaskEntry,
  { now, of, hasButtons }: { now: number; of: string; hasButtons: boolean },
): Block[] {
  const key = tasks[0].checklist ?? '';
  const open = tasks.filter(({ state }) => state === 'open');
  const isLate = open.some(({ dueAt }) => dueAt <= now);
  const mark = open.length === 0 ? '✅' : isLate ? '🔴' : '⬜';
  const title = line`${mark} ${bold(checklistTitle(release.plan, key))} · ${of}`;
  const titles = shortenAtWord(open.map((task) => task.title).join('; '), titlesLength);
  return [
    ...lines(title, standing(release, tasks, { open, now }), ...(open.length > 0 ? [titles] : []), why),
    ...(hasButtons && open.length > 0
      ? [{ type: 'actions' as const, buttons: [tickButton(release, { key })] }]
      : []),
  ];
}

function standing(
  release: Release,
  tasks: readonly Task[],
  { open, now }: { open: readonly Task[]; now: number },
): Line {
  if (open.length === 0) return `All ${tasks.length} of yours are settled.`;
  const due = Math.min(...open.map(({ dueAt }) => dueAt));
  const when = countdown(due, release.plan.goLive.zone);
  const count = open.length === tasks.length ? open.length : `${open.length} of ${tasks.length}`;
  return line`${count} items are open, ${due <= now ? 'were due' : 'due'} ${when}.`;
}
