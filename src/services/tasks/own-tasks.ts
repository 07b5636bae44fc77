import { mayEdit } from '../../core/release/release-state.ts';
import type { OwnTask } from '../../core/tasks/person-agenda.ts';
import type { Tier } from '../../core/tasks/reminders.ts';
import type { Release, ReleasePerson } from '../../db/queries/load-release.ts';
import type { Task } from '../../db/queries/tasks.ts';
import { reachable } from '../kernel/who-may.ts';

type Owned = Pick<Task, 'owner'> & Partial<Pick<Task, 'kind'>>;

/** Who is asked for a task at first: whoever answers for its role, or the release manager while nobody there can be reached. */
export function ownersOf(release: Release, { owner }: Owned): ReleasePerson[] {
  const owners = reachable(release, [owner]);
  return owners.length > 0 ? owners : reachable(release, ['release_manager']);
}

function backupsOf({ people }: Release, { owner }: Owned): ReleasePerson[] {
  return people.filter(
    ({ role, position, isReachable }) => role === owner && position === 'backup' && isReachable,
  );
}

/** As what a person is asked for a task, sooner or later; null: they are not. After a rollback only its owner is, unless it follows from that. */
export function tierOf(release: Release, task: Owned, personId: string): Tier | null {
  const has = (people: readonly ReleasePerson[]) => people.some((person) => person.personId === personId);
  if (has(ownersOf(release, task))) return 'owner';
  if (release.state === 'rolled_back' && task.kind !== 'follow-up') return null;
  if (has(backupsOf(release, task))) return 'backup';
  return has(reachable(release, ['release_manager'])) ? 'release-manager' : null;
}

/**
 * The open tasks of some releases as one person sees them. Of a release that is paused nobody is reminded, and of a
 * checklist nobody once the rollout has begun.
 */
export function ownTasks(releases: readonly Release[], tasks: readonly Task[], personId: string): OwnTask[] {
  return tasks.flatMap((task) => {
    const release = releases.find(({ id }) => id === task.releaseId);
    if (!release || release.pause) return [];
    const tier = tierOf(release, task, personId);
    if (tier === null) return [];
    const { id, dueAt, snoozedUntil } = task;
    const isQuiet = task.kind === 'checklist';
    if (isQuiet && !mayEdit(release.state)) return [];
    const isUrgent = task.kind === 'follow-up';
    return [{ id, dueAt, snoozedUntil, goLiveAt: release.goLiveAt, tier, isQuiet, isUrgent }];
  });
}
