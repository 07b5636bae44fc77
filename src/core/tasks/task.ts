import type { RoleName } from '../plan/roles.ts';

/** What a task is. Those of a readiness list, of a conditional vote and of a follow-up are kept in the same way. */
export const TASK_KINDS = ['milestone', 'activity', 'checklist', 'condition', 'follow-up'] as const;
export type TaskKind = (typeof TASK_KINDS)[number];

export const TASK_STATES = ['open', 'done', 'not-applicable'] as const;
export type TaskState = (typeof TASK_STATES)[number];

/**
 * What settles a task: its people, who tick it, or the release itself: the go/no-go, or the end of the rollout. Nobody is
 * reminded of the latter two as a task, since the poll and the rollout ask for themselves.
 */
export type TaskSettler = 'people' | 'decision' | 'rollout';

/** A task as it follows from a plan. */
export interface DerivedTask {
  /** Unique in its release, and the same when the release moves. */
  key: string;
  kind: TaskKind;
  /** The key of the checklist that it is an item of. */
  checklist: string | null;
  title: string;
  /** What has to be so for it to be done, in words; empty where the title says it all. */
  criteria: readonly string[];
  owner: RoleName;
  /** Epoch ms. */
  dueAt: number;
  settledBy: TaskSettler;
}
