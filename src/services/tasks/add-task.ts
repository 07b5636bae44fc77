import { and, eq, inArray } from 'drizzle-orm';
import type { RoleName } from '../../core/plan/roles.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { tasks } from '../../db/schema/tasks.ts';
import type { Scope } from '../kernel/scope.ts';
import { redrawTaskMessages } from './redraw-task-messages.ts';
import { wakePeople } from './wake-people.ts';

/** Adds what a conditional vote asks for to the tasks of a release. Returns its id. `dueAt`: epoch ms. */
export async function addConditionTask(
  scope: Scope,
  release: Release,
  condition: { title: string; owner: RoleName; dueAt: number; criteria: readonly string[] },
): Promise<string> {
  const id = scope.ctx.newId();
  const { dueAt, ...task } = condition;
  await scope.tx.insert(tasks).values({
    id,
    releaseId: release.id,
    key: `condition-${id}`,
    kind: 'condition',
    ...task,
    dueAt: new Date(dueAt),
    settledBy: 'people',
    state: 'open',
    addedAt: new Date(scope.now),
  });
  await wakePeople(scope, release);
  return id;
}

/** Puts open tasks aside that nobody needs any more, for a reason that is a sentence. */
export async function putTasksAside(scope: Scope, ids: readonly string[], reason: string): Promise<void> {
  const aside = await scope.tx
    .update(tasks)
    .set({ state: 'not-applicable', reason, settledAt: new Date(scope.now) })
    .where(and(inArray(tasks.id, [...ids]), eq(tasks.state, 'open')))
    .returning({ id: tasks.id });
  for (const { id } of aside) await redrawTaskMessages(scope, id);
}
