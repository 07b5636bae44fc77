import * as z from 'zod';
import type { TargetState, TargetStatus } from '../../core/rollout/target-state.ts';
import type { KubernetesClient } from '../../lib/kubernetes/kubernetes-client.ts';
import { PodTemplate } from '../../lib/kubernetes/pod-template.ts';
import { DriverError } from '../../services/ports/deployment-driver.ts';

/** Where a driver's Deployments are, and how they are asked. */
export interface ClusterAt {
  client: KubernetesClient;
  namespace: string;
  deadlineMs: number;
}

const count = z.int().min(0).default(0);
const Condition = z.looseObject({
  type: z.string(),
  status: z.string(),
  reason: z.string().optional(),
  message: z.string().optional(),
});
const noStatus = {
  observedGeneration: 0,
  replicas: 0,
  updatedReplicas: 0,
  availableReplicas: 0,
  conditions: [],
};

/** What of a Deployment is looked at. What is 0 is left out by Kubernetes. */
export const Deployment = z.looseObject({
  metadata: z.looseObject({ uid: z.string(), resourceVersion: z.string(), generation: z.int() }),
  spec: z.looseObject({
    replicas: z.int().min(0).default(1),
    paused: z.boolean().default(false),
    selector: z.looseObject({ matchLabels: z.record(z.string(), z.string()).default({}) }),
    template: PodTemplate,
  }),
  status: z
    .looseObject({
      observedGeneration: count,
      replicas: count,
      updatedReplicas: count,
      availableReplicas: count,
      conditions: z.array(Condition).default([]),
    })
    .default(noStatus),
});
export type Deployment = z.infer<typeof Deployment>;

export function deploymentPath(namespace: string, name: string): string {
  return `/apis/apps/v1/namespaces/${namespace}/deployments/${name}`;
}

export function readDeployment({ client, namespace }: ClusterAt, name: string): Promise<Deployment> {
  return client.get(deploymentPath(namespace, name), Deployment);
}

/** The last change of the Deployment, and the last one that its controller has acted on. */
export function generationOf({ metadata, status }: Deployment): NonNullable<TargetState['generation']> {
  return { wanted: metadata.generation, seen: status.observedGeneration };
}

/** What a Deployment says of its pods. Until the generation was seen, it is about an older change. */
export function statusOf({ spec, status }: Deployment): TargetStatus {
  if (spec.paused) return { kind: 'paused', reason: null };
  const stuck = status.conditions.find(
    ({ type, reason }) => type === 'Progressing' && reason === 'ProgressDeadlineExceeded',
  );
  if (stuck?.status === 'False') return { kind: 'failed', reason: stuck.message ?? 'no progress in time' };
  const { replicas, updatedReplicas, availableReplicas } = status;
  const isDone = [replicas, updatedReplicas, availableReplicas].every((each) => each === spec.replicas);
  return { kind: isDone ? 'done' : 'progressing' };
}

/** How often what changes all the time is read anew, since somebody else was faster. */
const maxTries = 5;

/** Tries until nobody changed it between reading and writing. @throws DriverError when somebody always does */
export async function untilUnchanged(what: string, tryOnce: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < maxTries; tries += 1) if (await tryOnce()) return;
  throw new DriverError(
    `${what} is being changed by something else all the time, or the change is not valid.`,
  );
}
