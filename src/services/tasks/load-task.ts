import * as z from 'zod';
import { line } from '../../core/card/line.ts';
import { localDate } from '../../core/card/local-date.ts';
import { releaseStateTitles } from '../../core/release/release-state.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { lockRelease } from '../../db/queries/lock-release.ts';
import { findTask, type Task } from '../../db/queries/tasks.ts';
import type { CheckRight } from '../kernel/refuse-invalid.ts';
import { done, type Refusal, type Result, refuse } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { checkTaskRight } from './who-does.ts';

/** What a button or a form brings back. */
export const taskInput = z.object({ taskId: z.uuid('There is no such task.') });
export type TaskInput = z.infer<typeof taskInput>;

export interface LoadedTask {
  release: Release;
  task: Task;
}

/** What is said of a task after it was changed. */
export interface ChangedTask {
  taskId: string;
  releaseKey: string;
  title: string;
  zone: string;
}

/** Locks the release of a task for somebody's change of it, and checks that they may and that people settle it. */
export async function loadForTask(scope: Scope, { taskId }: TaskInput): Promise<Result<LoadedTask>> {
  const loaded = await loadPermitted(scope, taskId);
  if (!loaded.ok) return loaded;
  const { release, task } = loaded.value;
  const about = { releaseId: release.id };
  if (release.state === 'cancelled')
    return refuse(
      'wrong-state',
      `${release.key} is ${releaseStateTitles.cancelled}: its tasks are over.`,
      about,
    );
  if (task.settledBy === 'people') return loaded;
  return refuse('wrong-state', `“${task.title}” can't be ticked. ${settledElsewhere[task.settledBy]}`, about);
}

const settledElsewhere = {
  decision: 'The go/no-go settles it: it is done when the vote closes with a go.',
  rollout: 'The rollout settles it: it is done when the new version has all traffic.',
} as const;

/** Who may not is told so before being told what is wrong with what they typed. */
export const rightToChange: CheckRight = async (scope, input) => {
  const named = z.object({ taskId: z.uuid() }).safeParse(input);
  if (!named.success) return null;
  const loaded = await loadPermitted(scope, named.data.taskId);
  return loaded.ok ? done(loaded.value.release.id) : loaded;
};

async function loadPermitted(scope: Scope, taskId: string): Promise<Result<LoadedTask>> {
  const named = await findTask(scope.tx, taskId);
  const release = named && (await lockRelease(scope.tx, { id: named.releaseId }));
  // Read again: it may have changed while the lock was waited for.
  const task = release && (await findTask(scope.tx, taskId));
  if (!release || !task) return refuse('not-found', 'There is no such task.');
  const refusal = checkTaskRight(scope, release, task);
  return refusal ? { ok: false, refusal } : done({ release, task });
}

/** Why what is settled already, or not yet, can't be changed in the way that was asked for. */
export function refuseAsItIs({ release, task }: LoadedTask): { ok: false; refusal: Refusal } {
  const about = { releaseId: release.id };
  const named = `“${task.title}” of ${release.key}`;
  if (task.state === 'open') return refuse('wrong-state', `${named} is open.`, about);
  const how = task.state === 'done' ? 'done' : 'not applicable';
  if (task.settledByName === null || task.settledAt === null)
    return refuse('wrong-state', `${named} is ${how}. ${task.reason ?? ''}`.trim(), about);
  const at = localDate(task.settledAt, release.plan.goLive.zone);
  const who = task.state === 'done' ? 'ticked it' : 'said that it is not applicable';
  return refuse('wrong-state', line`${named} is settled already: ${task.settledByName} ${who} ${at}.`, about);
}

export function describeChanged({ release, task }: LoadedTask): ChangedTask {
  return { taskId: task.id, releaseKey: release.key, title: task.title, zone: release.plan.goLive.zone };
}
