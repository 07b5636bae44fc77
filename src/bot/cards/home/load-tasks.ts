import { agendaNow } from '../../../core/tasks/person-agenda.ts';
import { loadReleases } from '../../../db/queries/load-release.ts';
import { findOpenTasks, findRemindedReleases } from '../../../db/queries/tasks.ts';
import type { Queries } from '../../../db/transaction.ts';
import { ownTasks } from '../../../services/tasks/own-tasks.ts';
import type { HomeTask } from './home-view.ts';

/** What a person's digest would have of their tasks at `now` (epoch ms), in its order. */
export async function loadTasks(
  db: Queries,
  { personId, now }: { personId: string; now: number },
): Promise<HomeTask[]> {
  const ids = await findRemindedReleases(db, { personId, now });
  const [releases, tasks] = await Promise.all([loadReleases(db, ids), findOpenTasks(db, ids)]);
  const { waiting, today, week } = agendaNow(ownTasks(releases, tasks, personId), now);
  return [...waiting, ...today, ...week].flatMap((id) => {
    const task = tasks.find((each) => each.id === id);
    const release = task && releases.find((each) => each.id === task.releaseId);
    return task && release ? [{ release, task }] : [];
  });
}
