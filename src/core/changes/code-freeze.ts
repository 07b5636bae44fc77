import type { Plan } from '../plan/plan.ts';
import { deriveTasks } from '../tasks/derive-tasks.ts';

/** When the code of a release is frozen: the instant at which that milestone is due, epoch ms; null: its plan drops it. */
export function codeFreezeAt(plan: Plan): number | null {
  return deriveTasks(plan).find(({ key }) => key === 'milestone-code-freeze')?.dueAt ?? null;
}

/** Whether the code of a release is frozen at `now` (epoch ms). */
export function isCodeFrozen(plan: Plan, now: number): boolean {
  const freezeAt = codeFreezeAt(plan);
  return freezeAt !== null && freezeAt <= now;
}
