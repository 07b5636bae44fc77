import { type Block, command, note } from '../../../core/card/card.ts';
import { line } from '../../../core/card/line.ts';
import { countWords } from '../../../lib/count-words.ts';
import { tierOf } from '../../../services/tasks/own-tasks.ts';
import { releaseName } from '../parts/release-name.ts';
import { checklistEntryBlocks, groupTasks, type TaskEntry } from '../parts/task-groups.ts';
import { taskBlocks } from '../parts/task-lines.ts';
import type { HomeView } from './home-view.ts';

/** So many tasks are listed: a page takes no more. */
const tasksShown = 5;

/** A person's own tasks of the next days, to tick where they are; none: no section. */
export function taskSection({ tasks = [], personId, now }: HomeView): Block[] {
  const entries = groupTasks(
    tasks.map(({ release, task }) => ({ release, task, why: tierOf(release, task, personId) })),
  );
  const more = entries.slice(tasksShown).flatMap((entry) => entry.tasks);
  const [next] = entries.slice(tasksShown);
  if (entries.length === 0) return [];
  return [
    { type: 'divider' },
    { type: 'header', text: 'Your tasks' },
    ...entries.slice(0, tasksShown).flatMap((entry) => entryBlocks(entry, now)),
    ...(next
      ? [
          note(
            line`… and ${countWords(more.length, 'more task')}: ${command('release', `tasks ${next.release.key}`)}.`,
          ),
        ]
      : []),
  ];
}

/** A task by itself, or the items of a checklist together. */
function entryBlocks(entry: TaskEntry, now: number): Block[] {
  const { release, tasks } = entry;
  const [task, ...others] = tasks;
  const shown = { now, of: `${releaseName(release)} (${release.key})`, hasButtons: true };
  return others.length === 0
    ? taskBlocks(release, task, shown)
    : checklistEntryBlocks({ ...entry, why: null }, shown);
}
