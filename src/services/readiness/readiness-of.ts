import { deriveMilestones } from '../../core/timeline/derive-milestones.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { findTasks, type Task } from '../../db/queries/tasks.ts';
import type { Queries } from '../../db/transaction.ts';
import { type Checklist, toChecklists } from './load-checklists.ts';
import { loadGates, type StandingGate } from './load-gates.ts';

/** How ready a release is at an instant, and what is in the way. */
export interface Readiness {
  gates: readonly StandingGate[];
  checklists: readonly Checklist[];
  milestones: readonly StandingMilestone[];
  /** Gates that don't pass and are not waived; items and milestones that are open although they are due. */
  blocking: {
    gates: readonly StandingGate[];
    items: readonly Task[];
    milestones: readonly StandingMilestone[];
  };
  isReady: boolean;
}

/** `waiting`: one that comes before it has not been reached, so that it can't be. */
export type MilestoneState = 'reached' | 'dropped' | 'waiting' | 'open' | 'overdue';

/** A milestone of a release, with its task. */
export interface StandingMilestone {
  task: Task;
  state: MilestoneState;
  /** The titles of those before it that have not been reached. */
  waitsFor: readonly string[];
}

/** How ready a release is at `now` (epoch ms). */
export async function readinessOf(db: Queries, release: Release, now: number): Promise<Readiness> {
  const [gates, tasks] = await Promise.all([loadGates(db, release, now), findTasks(db, [release.id])]);
  const checklists = toChecklists(release, tasks);
  const milestones = standingMilestones(release, tasks, now);
  const blocking = {
    gates: gates.filter(({ state }) => state !== 'pass' && state !== 'waived'),
    items: checklists.flatMap(({ items }) =>
      items.filter(
        ({ state, settledBy, dueAt }) => state === 'open' && settledBy === 'people' && dueAt <= now,
      ),
    ),
    milestones: milestones.filter(({ state, task }) => state === 'overdue' && task.settledBy === 'people'),
  };
  const isReady = Object.values(blocking).every((found) => found.length === 0);
  return { gates, checklists, milestones, blocking, isReady };
}

/** A milestone follows from its task, and from those that come before it. */
function standingMilestones({ plan }: Release, tasks: readonly Task[], now: number): StandingMilestone[] {
  const taskOf = (key: string) => tasks.find((task) => task.key === `milestone-${key}`);
  const planned = deriveMilestones(plan);
  return planned.flatMap(({ key, after }) => {
    const task = taskOf(key);
    if (!task) return [];
    const waitsFor = planned
      .filter((other) => after.includes(other.key) && taskOf(other.key)?.state === 'open')
      .map(({ title }) => title);
    return [{ task, state: stateOf(task, { isWaiting: waitsFor.length > 0, now }), waitsFor }];
  });
}

function stateOf(task: Task, { isWaiting, now }: { isWaiting: boolean; now: number }): MilestoneState {
  if (task.state === 'done') return 'reached';
  if (task.state === 'not-applicable') return 'dropped';
  if (task.dueAt <= now) return 'overdue';
  return isWaiting ? 'waiting' : 'open';
}
