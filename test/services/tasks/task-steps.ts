import { findTasks, type Task } from '../../../src/db/queries/tasks.ts';
import type { World } from '../../support/test-services.ts';
import { planRelease } from '../steps.ts';

/** A task of a release by its key. */
export async function taskOf(world: World, releaseId: string, key: string): Promise<Task> {
  const task = (await findTasks(world.services.db, [releaseId])).find((each) => each.key === key);
  if (!task) throw new Error(`there is no task ${key}`);
  return task;
}

/** Plans the example release; returns the id of a task of Quinn's, which is due at the end of the tests. */
export async function plannedTask(world: World): Promise<string> {
  return (await taskOf(world, await planRelease(world), 'milestone-qa-sign-off')).id;
}
