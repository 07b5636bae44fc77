import * as z from 'zod';

const Run = z.looseObject({
  id: z.int(),
  display_title: z.string(),
  status: z.string(),
  conclusion: z.string().nullable(),
  html_url: z.string(),
});
export const WorkflowRuns = z.looseObject({ workflow_runs: z.array(Run) });

/** A run that tminus has asked for. */
export interface WorkflowRun {
  id: number;
  version: string;
  /** Percent of traffic that it brings; 0 takes everything back. */
  weight: number;
  operation: string;
  state: 'under-way' | 'succeeded' | 'failed';
  /** `failure`, `cancelled`, `timed_out`, …, with the address of the run. */
  outcome: string;
}

/** What the workflow calls a run, by its `run-name`. */
const title = /^tminus (\S{1,200}) (\d{1,3}(?:\.\d+)?)% (\S{1,100})$/;

export function titleOf({
  version,
  weight,
  operation,
}: Pick<WorkflowRun, 'version' | 'weight' | 'operation'>) {
  return `tminus ${version} ${weight}% ${operation}`;
}

/** The runs that were asked for by tminus, newest first as they are given; runs that people start are not among them. */
export function readRuns(runs: z.infer<typeof WorkflowRuns>['workflow_runs']): WorkflowRun[] {
  return runs.flatMap((run) => {
    const [, version, weight, operation] = title.exec(run.display_title) ?? [];
    if (version === undefined || operation === undefined) return [];
    const state =
      run.status !== 'completed' ? 'under-way' : run.conclusion === 'success' ? 'succeeded' : 'failed';
    const outcome = `${run.conclusion ?? run.status}: ${run.html_url}`;
    return [{ id: run.id, version, weight: Number(weight), operation, state, outcome } as const];
  });
}
