import type { TaskState } from './task.ts';

/** Why tminus itself put a task aside. */
export const ASIDE = {
  passed: 'Its date had passed when the release was planned.',
  dropped: 'The plan no longer has it.',
  noDecision: 'The rollout began without a go decision.',
} as const;

/** What of a task says whether somebody has settled it. */
interface Settled {
  state: TaskState;
  /** Null: nobody has, though tminus itself may have put it aside. */
  settledByName: string | null;
  reason: string | null;
  /** When the release got it, epoch ms. */
  addedAt: number;
}

/**
 * Where a task stands after the plan has changed, if people settle it: what somebody has settled stays so; any other is
 * open, unless the plan has dropped it, or its date had passed before the release had it. So a plan that is changed back
 * restores it. `dueAt`: epoch ms; null: the plan no longer has it.
 */
export function taskAfterChange(
  task: Settled,
  dueAt: number | null,
): { state: TaskState; reason: string | null } {
  if (task.settledByName !== null) return { state: task.state, reason: task.reason };
  if (dueAt === null) return { state: 'not-applicable', reason: ASIDE.dropped };
  if (dueAt <= task.addedAt) return { state: 'not-applicable', reason: ASIDE.passed };
  return { state: 'open', reason: null };
}
