import { and, eq } from 'drizzle-orm';
import * as z from 'zod';
import { tasks } from '../../db/schema/tasks.ts';
import { ConflictError } from '../kernel/conflict-error.ts';
import type { Ctx } from '../kernel/context.ts';
import { actorName } from '../kernel/permissions.ts';
import { reasonSchema } from '../kernel/reason-schema.ts';
import { done, type Result, refuse } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';
import {
  type ChangedTask,
  describeChanged,
  type LoadedTask,
  loadForTask,
  refuseAsItIs,
  rightToChange,
  type TaskInput,
  taskInput,
} from './load-task.ts';
import { redrawTaskMessages } from './redraw-task-messages.ts';
import { wakePeople } from './wake-people.ts';

const doneInput = taskInput.extend({
  /** A page that shows it; null: none was given. */
  evidence: z
    .url({ protocol: /^https?$/, error: 'Evidence is a link such as https://ci.example.com/runs/42.' })
    .max(2_000, 'A link has at most 2,000 characters.')
    .nullable(),
});
const notApplicableInput = taskInput.extend({
  reason: reasonSchema('Say why it is not applicable: the reason stays with the task.'),
});

/** Ticks a task. */
export function markTaskDone(args: {
  ctx: Ctx;
  input: z.input<typeof doneInput>;
}): Promise<Result<ChangedTask>> {
  const run = (scope: Scope, { evidence, ...input }: z.infer<typeof doneInput>) =>
    settle(scope, input, { state: 'done', evidence, reason: null });
  return runVerb({ name: 'task.done', input: doneInput, run, checkRight: rightToChange }, args);
}

/** Says that a task does not have to be done, and why. */
export function markTaskNotApplicable(args: {
  ctx: Ctx;
  input: z.input<typeof notApplicableInput>;
}): Promise<Result<ChangedTask>> {
  const run = (scope: Scope, { reason, ...input }: z.infer<typeof notApplicableInput>) =>
    settle(scope, input, { state: 'not-applicable', evidence: null, reason });
  const verb = { name: 'task.not-applicable', input: notApplicableInput, run, checkRight: rightToChange };
  return runVerb(verb, args);
}

/** Opens a task again that was settled. It is asked for as before. */
export function reopenTask(args: { ctx: Ctx; input: TaskInput }): Promise<Result<ChangedTask>> {
  return runVerb({ name: 'task.reopen', input: taskInput, run: reopen }, args);
}

async function settle(
  scope: Scope,
  input: TaskInput,
  outcome: { state: 'done' | 'not-applicable'; evidence: string | null; reason: string | null },
): Promise<Result<ChangedTask>> {
  const loaded = await loadForTask(scope, input);
  if (!loaded.ok) return loaded;
  const { release, task } = loaded.value;
  if (task.state !== 'open') return refuseAsItIs(loaded.value);
  if (task.kind === 'condition' && outcome.state === 'not-applicable')
    return refuse(
      'wrong-state',
      `“${task.title}” is the condition of a vote. Only a changed vote makes it unnecessary: ask whoever voted.`,
      { releaseId: release.id },
    );
  const { actor } = scope.ctx;
  await write(scope, loaded.value, {
    ...outcome,
    settledById: actor.kind === 'person' ? actor.personId : null,
    settledByName: actorName(release, actor),
    settledAt: new Date(scope.now),
    snoozedUntil: null,
    snoozedByName: null,
  });
  const { state, ...details } = outcome;
  const action = state === 'done' ? 'task.done' : 'task.not_applicable';
  scope.audit({ action, releaseId: release.id, subject: task.id, details: { key: task.key, ...details } });
  return done(describeChanged(loaded.value));
}

async function reopen(scope: Scope, input: TaskInput): Promise<Result<ChangedTask>> {
  const loaded = await loadForTask(scope, input);
  if (!loaded.ok) return loaded;
  const { release, task } = loaded.value;
  if (task.state === 'open') return refuseAsItIs(loaded.value);
  // What is opened by hand is somebody's own word: it stays open although its date had passed.
  await write(scope, loaded.value, {
    state: 'open',
    settledById: null,
    settledByName: null,
    settledAt: null,
    reason: null,
    evidence: null,
    addedAt: new Date(Math.min(task.addedAt, task.dueAt - 1)),
  });
  await wakePeople(scope, release);
  const details = { key: task.key, was: task.state, reason: task.reason, evidence: task.evidence };
  scope.audit({ action: 'task.reopened', releaseId: release.id, subject: task.id, details });
  return done(describeChanged(loaded.value));
}

/** The release is locked, so that nobody else changes its tasks. */
async function write(
  scope: Scope,
  { release, task }: LoadedTask,
  values: Partial<typeof tasks.$inferInsert>,
): Promise<void> {
  const written = await scope.tx
    .update(tasks)
    .set(values)
    .where(and(eq(tasks.id, task.id), eq(tasks.state, task.state)))
    .returning({ id: tasks.id });
  if (written.length !== 1) throw new ConflictError('the task has changed');
  await redrawTaskMessages(scope, task.id);
  scope.invalidateCards(release.id);
}
