import { type Block, command, note } from '../../../core/card/card.ts';
import { line } from '../../../core/card/line.ts';
import { countWords } from '../../../lib/count-words.ts';
import { releaseName } from '../parts/release-name.ts';
import { taskBlocks } from '../parts/task-lines.ts';
import type { HomeView } from './home-view.ts';

/** So many tasks are listed: a page takes no more. */
const tasksShown = 5;

/** A person's own tasks of the next days, to tick where they are; none: no section. */
export function taskSection({ tasks = [], now }: HomeView): Block[] {
  const more = tasks.slice(tasksShown);
  const [next] = more;
  if (tasks.length === 0) return [];
  return [
    { type: 'divider' },
    { type: 'header', text: 'Your tasks' },
    ...tasks
      .slice(0, tasksShown)
      .flatMap(({ release, task }) =>
        taskBlocks(release, task, { now, of: `${releaseName(release)} (${release.key})`, hasButtons: true }),
      ),
    ...(next
      ? [
          note(
            line`… and ${countWords(more.length, 'more task')}: ${command('release', `tasks ${next.release.key}`)}.`,
          ),
        ]
      : []),
  ];
}
