import { and, eq } from 'drizzle-orm';
import { deriveTasks } from '../../core/tasks/derive-tasks.ts';
import type { DerivedTask, TaskSettler, TaskState } from '../../core/tasks/task.ts';
import { ASIDE, taskAfterChange } from '../../core/tasks/task-after-change.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { findTasks, type Task } from '../../db/queries/tasks.ts';
import { tasks } from '../../db/schema/tasks.ts';
import type { Scope } from '../kernel/scope.ts';
import { setPostingTime } from './set-posting-time.ts';
import { wakePeople } from './wake-people.ts';

/**
 * Makes the tasks of a release those of its plan as it is now: their instants move with go-live, what is new is added,
 * what the plan has dropped is put aside. What somebody has settled stays settled. The caller holds the release's lock.
 */
export async function updateTasks(scope: Scope, release: Release): Promise<void> {
  const derived = deriveTasks(release.plan);
  const all = await findTasks(scope.tx, [release.id]);
  // What somebody's vote asks for does not follow from the plan, and neither does what follows a rollback.
  const rows = all.filter(({ kind }) => kind !== 'condition' && kind !== 'follow-up');
  const added = derived.filter(({ key }) => !rows.some((row) => row.key === key));
  if (added.length > 0)
    await scope.tx.insert(tasks).values(added.map((task) => newRow(scope, release, task)));
  for (const row of rows) await updateRow(scope, row, derived.find(({ key }) => key === row.key) ?? null);
  await wakePeople(scope, release);
  await setPostingTime(scope, release);
}

function newRow(scope: Scope, release: Release, { dueAt, ...task }: DerivedTask) {
  const addedAt = scope.now;
  const fresh = { state: 'open' as const, settledByName: null, reason: null, addedAt };
  const standing = task.settledBy === 'people' ? taskAfterChange(fresh, dueAt) : fresh;
  return {
    id: scope.ctx.newId(),
    releaseId: release.id,
    ...task,
    dueAt: new Date(dueAt),
    addedAt: new Date(addedAt),
    state: standing.state,
    reason: standing.reason,
  };
}

async function updateRow({ tx }: Scope, row: Task, derived: DerivedTask | null): Promise<void> {
  // What the release settles stays as it is, unless the plan drops it or has it again.
  const isKept = row.settledBy !== 'people' && derived !== null && row.reason !== ASIDE.dropped;
  const standing = isKept ? {} : taskAfterChange(row, derived?.dueAt ?? null);
  const plan = derived && {
    title: derived.title,
    criteria: derived.criteria,
    owner: derived.owner,
    dueAt: new Date(derived.dueAt),
  };
  await tx
    .update(tasks)
    .set({ ...plan, ...standing })
    .where(eq(tasks.id, row.id));
}

/** The release itself settles what nobody ticks: its go/no-go, or the end of its rollout; or it takes that back. */
export async function settleByRelease(
  scope: Scope,
  release: Release,
  { settledBy, state, reason = null }: { settledBy: TaskSettler; state: TaskState; reason?: string | null },
): Promise<void> {
  const settledAt = state === 'open' ? null : new Date(scope.now);
  await scope.tx
    .update(tasks)
    .set({ state, reason, settledAt })
    .where(and(eq(tasks.releaseId, release.id), eq(tasks.settledBy, settledBy)));
}
