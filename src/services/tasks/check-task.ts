import type { Ctx } from '../kernel/context.ts';
import { done, type Result } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';
import {
  type ChangedTask,
  describeChanged,
  loadForTask,
  refuseAsItIs,
  type TaskInput,
  taskInput,
} from './load-task.ts';

/** Whether somebody may settle or put off a task now: asked before the form for it opens. */
export function checkTask(args: { ctx: Ctx; input: TaskInput }): Promise<Result<ChangedTask>> {
  return runVerb({ name: 'task.check', input: taskInput, run: check }, args);
}

async function check(scope: Scope, input: TaskInput): Promise<Result<ChangedTask>> {
  const loaded = await loadForTask(scope, input);
  if (!loaded.ok) return loaded;
  return loaded.value.task.state === 'open'
    ? done(describeChanged(loaded.value))
    : refuseAsItIs(loaded.value);
}
