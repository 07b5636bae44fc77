import { durationMs } from '../../core/calendar/duration.ts';
import { ROLLBACK_TASKS } from '../../core/follow-up/after-rollback.ts';
import { rollbackTasksMessage } from '../../core/messages/rollback-tasks-message.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { tasks } from '../../db/schema/tasks.ts';
import { deliver } from '../kernel/effects.ts';
import type { Scope } from '../kernel/scope.ts';
import { reachable } from '../kernel/who-may.ts';
import { destinationsFor } from '../release/destinations-for.ts';
import { wakePeople } from '../tasks/wake-people.ts';

/** Gives people what is to be done after a rollback, from now on; who has to do what is said below the rollout's card. */
export async function addRollbackTasks(scope: Scope, release: Release): Promise<void> {
  const { roles } = release.plan;
  const added = ROLLBACK_TASKS.map((task) => {
    const owner = roles[task.owner] === undefined ? ('release_manager' as const) : task.owner;
    return { ...task, owner, dueAt: scope.now + durationMs(task.within) };
  });
  await scope.tx
    .insert(tasks)
    .values(
      added.map(({ key, title, owner, dueAt }) => ({
        ...{ id: scope.ctx.newId(), releaseId: release.id, key: `rollback-${key}`, title, owner },
        ...{ kind: 'follow-up' as const, checklist: null, criteria: [], settledBy: 'people' as const },
        ...{ state: 'open' as const, dueAt: new Date(dueAt), addedAt: new Date(scope.now) },
      })),
    )
    .onConflictDoNothing();
  await wakePeople(scope, release);
  const content = rollbackTasksMessage({
    releaseKey: release.key,
    zone: release.plan.goLive.zone,
    tasks: added.map(({ title, owner, dueAt }) => ({ title, dueAt, people: reachable(release, [owner]) })),
  });
  await deliver(scope, {
    ...{ releaseId: release.id, to: destinationsFor(release, 'release'), subject: 'rollback-tasks' },
    ...{ content, inThreadOf: 'rollout' },
  });
}
