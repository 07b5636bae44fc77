import type { TargetState, TargetStatus } from '../../core/rollout/target-state.ts';
import type { WorkflowRun } from './workflow-run.ts';

/**
 * What the runs of a workflow, newest first, come to: the last that succeeded says the share. `operation`: the one that
 * is looked for; while GitHub does not list its run, what the others say is older.
 */
export function toTargetState(
  runs: readonly WorkflowRun[],
  version: string,
  operation: string | null,
): TargetState {
  const done = runs.filter(({ state }) => state === 'succeeded');
  const last = done.find((run) => run.version === version);
  const isReplaced = last !== undefined && done.some((run) => replaces(run, last, done));
  const stable = done.find((run) => run.version !== version && run.weight === 100);
  const isListed = operation === null || runs.some((run) => run.operation === operation);
  return {
    stableVersion: stable?.version ?? 'unknown',
    candidateVersion: runs.some((run) => run.version === version) ? version : null,
    weight: isReplaced ? 0 : (last?.weight ?? 0),
    countedWeight: null,
    readiness: null,
    progress: null,
    generation: isListed ? null : { wanted: 1, seen: 0 },
    status: statusOf(runs[0]),
  };
}

/** Another version that was brought to everyone later. */
function replaces(run: WorkflowRun, last: WorkflowRun, done: readonly WorkflowRun[]): boolean {
  return run.version !== last.version && run.weight === 100 && done.indexOf(run) < done.indexOf(last);
}

function statusOf(newest: WorkflowRun | undefined): TargetStatus {
  switch (newest?.state) {
    case 'under-way':
      return { kind: 'progressing' };
    case 'failed':
      return { kind: 'failed', reason: `the workflow ended with ${newest.outcome}` };
    default:
      return { kind: 'done' };
  }
}
