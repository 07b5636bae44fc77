import * as z from 'zod';
import {
  type CommandCall,
  type DeploymentDriver,
  type DriverCommands,
  DriverError,
} from '../../services/ports/deployment-driver.ts';
import { createGithubApi } from './github-api.ts';
import type { GithubSettings } from './schema.ts';
import { toTargetState } from './to-target-state.ts';
import { readRuns, titleOf, type WorkflowRun, WorkflowRuns } from './workflow-run.ts';

/** A version becomes an input of a workflow, and a part of its run's name. */
const plain = /^[A-Za-z0-9][A-Za-z0-9._+-]{0,199}$/;
const Dispatched = z.object({ workflow_run_id: z.int() });

/**
 * Drives a workflow that deploys. Each operation is one run, whose name says what it brings and for which operation: so
 * the list of runs is all that has to be known, and an operation is not run twice.
 */
export function createGithubDriver(settings: GithubSettings): DeploymentDriver {
  const { workflow, ref, deadlineMs } = settings;
  const ask = createGithubApi(settings);
  const path = `actions/workflows/${workflow}`;

  const list = async (): Promise<WorkflowRun[]> => {
    const answer = await ask(
      { method: 'GET', path: `${path}/runs?event=workflow_dispatch&per_page=100` },
      [200],
    );
    const read = WorkflowRuns.safeParse(answer.body);
    if (!read.success) throw new DriverError('GitHub answered with something else than a list of runs.');
    return readRuns(read.data.workflow_runs);
  };
  /** Starts the run of an operation unless there is one; null when GitHub does not say its number. */
  const dispatch = async (
    { target, operation }: CommandCall,
    weight: number,
    runs: readonly WorkflowRun[],
  ) => {
    const { version } = target;
    if (!plain.test(version))
      throw new DriverError(`${JSON.stringify(version)} can't be an input of a workflow.`);
    const wanted = { version, weight, operation: operation.id };
    const found = runs.find((run) => run.operation === operation.id);
    if (found && titleOf(found) !== titleOf(wanted))
      throw new DriverError(`Operation ${operation.id} is already a run that brings something else.`);
    if (found) return found.id;
    const inputs = { version, weight: String(weight), operation: operation.id };
    const answer = await ask(
      { method: 'POST', path: `${path}/dispatches`, body: { ref, inputs, return_run_details: true } },
      [200, 204],
    );
    const said = Dispatched.safeParse(answer.body);
    return said.success ? said.data.workflow_run_id : null;
  };
  const bring = async (call: CommandCall, weight: number) => {
    if (!(weight >= 0 && weight <= 100)) throw new DriverError('A weight must be 0 to 100 percent.');
    return dispatch(call, weight, await list());
  };
  const takeBack = async (call: CommandCall) => {
    const runs = await list();
    const number = await dispatch(call, 0, runs);
    for (const run of runs)
      if (run.state === 'under-way' && run.operation !== call.operation.id) await cancel(run);
    return number;
  };
  /** 409: it has ended meanwhile. */
  const cancel = ({ id }: WorkflowRun) =>
    ask({ method: 'POST', path: `actions/runs/${id}/cancel` }, [202, 409]);

  const commands: Partial<DriverCommands> = { rollBack: { deadlineMs, run: takeBack } };
  if (settings.shares) commands.setWeight = { deadlineMs, run: (call) => bring(call, call.weight) };
  else commands.promote = { deadlineMs, run: (call) => bring(call, 100) };
  return {
    observe: async ({ target, operation }) =>
      toTargetState(await list(), target.version, operation?.id ?? null),
    weightTolerance: 0,
    commands,
  };
}
