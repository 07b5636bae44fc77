import { eq } from 'drizzle-orm';
import * as z from 'zod';
import { tasks } from '../../db/schema/tasks.ts';
import type { Ctx } from '../kernel/context.ts';
import { actorName } from '../kernel/permissions.ts';
import { done, type Result, refuse } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';
import {
  type ChangedTask,
  describeChanged,
  loadForTask,
  refuseAsItIs,
  rightToChange,
  taskInput,
} from './load-task.ts';
import { redrawTaskMessages } from './redraw-task-messages.ts';
import { wakePeople } from './wake-people.ts';

const dayMs = 86_400_000;
/** Longer than this nobody puts a task off: whoever waits for it would not hear of it. */
const longestDays = 14;

const inputSchema = taskInput.extend({ until: z.number('Choose a date.').int() });
type Input = z.infer<typeof inputSchema>;

export interface SnoozedTask extends ChangedTask {
  /** Epoch ms. */
  until: number;
}

/** Puts the reminders of a task off until an instant (epoch ms), from which on they come as if it were due then. */
export function snoozeTask(args: { ctx: Ctx; input: Input }): Promise<Result<SnoozedTask>> {
  return runVerb({ name: 'task.snooze', input: inputSchema, run: snooze, checkRight: rightToChange }, args);
}

async function snooze(scope: Scope, { until, ...input }: Input): Promise<Result<SnoozedTask>> {
  const loaded = await loadForTask(scope, input);
  if (!loaded.ok) return loaded;
  const { release, task } = loaded.value;
  if (task.state !== 'open') return refuseAsItIs(loaded.value);
  const about = { releaseId: release.id, field: 'until' };
  if (until <= scope.now)
    return refuse('invalid', 'That time has passed. Choose a later date or time.', about);
  if (until > scope.now + longestDays * dayMs) {
    const message = `A task can be put off by at most ${longestDays} days. If it is not needed, say that it is not applicable.`;
    return refuse('invalid', message, about);
  }
  await scope.tx
    .update(tasks)
    .set({ snoozedUntil: new Date(until), snoozedByName: actorName(release, scope.ctx.actor) })
    .where(eq(tasks.id, task.id));
  await redrawTaskMessages(scope, task.id);
  await wakePeople(scope, release);
  const details = { key: task.key, until: new Date(until).toISOString() };
  scope.audit({ action: 'task.snoozed', releaseId: release.id, subject: task.id, details });
  scope.invalidateCards(release.id);
  return done({ ...describeChanged(loaded.value), until });
}
