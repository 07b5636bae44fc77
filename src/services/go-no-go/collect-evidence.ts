import { type Evidence, type EvidenceTasks, makeEvidence } from '../../core/go-no-go/evidence.ts';
import { roleTitle } from '../../core/plan/roles.ts';
import type { GateResult } from '../../core/rollout/evaluate-gate.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { loadRollout } from '../../db/queries/rollouts.ts';
import { findTasks, type Task } from '../../db/queries/tasks.ts';
import type { Queries } from '../../db/transaction.ts';

/** What is known of a release at `now` (epoch ms of the release's clock), for those who vote on it. */
export async function collectEvidence(db: Queries, release: Release, now: number): Promise<Evidence> {
  const tasks = await findTasks(db, [release.id]);
  const { gates } = await loadRollout(db, release.id);
  return makeEvidence(release.plan, { gates: gates.map(gateOf), tasks: countTasks(tasks, now) });
}

function gateOf({ title, value, threshold, state, source, at }: GateResult) {
  return { title, value, threshold, state, source, at: at === null ? null : new Date(at).toISOString() };
}

/** What the release itself settles, its go/no-go above all, is no evidence for it. */
function countTasks(all: readonly Task[], now: number): EvidenceTasks {
  const tasks = all.filter(({ settledBy }) => settledBy === 'people');
  const open = tasks.filter(({ state }) => state === 'open');
  const overdue = open.filter(({ dueAt }) => dueAt <= now);
  return {
    open: open.length,
    done: tasks.filter(({ state }) => state === 'done').length,
    overdue: overdue.map(({ key, title, owner, dueAt }) => ({
      key,
      title,
      owner: roleTitle(owner),
      dueAt: new Date(dueAt).toISOString(),
    })),
  };
}
