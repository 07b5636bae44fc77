import * as z from 'zod';
import type { DeploymentSource } from '../../config/deployments-schema.ts';
import { parseJson } from '../../lib/parse-json.ts';
import { type DeploymentNews, deployedVersion, problemOf } from './deployment-news.ts';

type GithubSource = Extract<DeploymentSource, { kind: 'github' }>;

const link = z.string().nullish();
const DeploymentStatus = z.looseObject({
  deployment_status: z.looseObject({ state: z.string(), log_url: link, target_url: link }),
  deployment: z.looseObject({ ref: z.string(), environment: z.string(), payload: z.unknown() }),
});
const WorkflowRun = z.looseObject({
  action: z.string(),
  workflow_run: z.looseObject({
    name: z.string().nullish(),
    conclusion: z.string().nullish(),
    head_branch: z.string().nullish(),
    html_url: z.string(),
  }),
});
/** What whoever makes a deployment may say in its payload. */
const Payload = z.looseObject({
  version: z.string().max(100).optional(),
  weight: z.number().min(0).max(100).optional(),
});

/** A webhook of GitHub, by the name of its event. */
export function readGithub(source: GithubSource, event: string | undefined, body: unknown): DeploymentNews {
  switch (event) {
    case 'deployment_status':
      return readStatus(source, body);
    case 'workflow_run':
      return readRun(source, body);
    default:
      return { kind: 'ignored', why: `${event ?? 'no event'} says nothing of a deployment` };
  }
}

function readStatus({ product, environment }: GithubSource, body: unknown): DeploymentNews {
  const read = DeploymentStatus.safeParse(body);
  if (!read.success) return { kind: 'problem', problem: problemOf(read.error) };
  const { deployment, deployment_status: status } = read.data;
  if (deployment.environment !== environment)
    return { kind: 'ignored', why: `${deployment.environment} is not ${environment}` };
  if (status.state !== 'success') return { kind: 'ignored', why: `the deployment is ${status.state}` };
  const { payload } = deployment;
  const said = Payload.safeParse(typeof payload === 'string' ? parseJson(payload) : payload);
  const told = said.success ? said.data : null;
  const version = told?.version ?? deployment.ref;
  const note = status.log_url || status.target_url || null;
  return deployedVersion(product, version, { percent: told?.weight ?? 100, note });
}

function readRun({ product, workflow }: GithubSource, body: unknown): DeploymentNews {
  const read = WorkflowRun.safeParse(body);
  if (!read.success) return { kind: 'problem', problem: problemOf(read.error) };
  const { action, workflow_run: run } = read.data;
  if (workflow === undefined || run.name !== workflow)
    return { kind: 'ignored', why: `the workflow ${run.name ?? ''} deploys nothing` };
  if (action !== 'completed' || run.conclusion !== 'success')
    return { kind: 'ignored', why: `the run is ${run.conclusion ?? action}` };
  return deployedVersion(product, run.head_branch ?? '', { percent: 100, note: run.html_url });
}
