import * as z from 'zod';
import type { KubernetesClient } from '../../lib/kubernetes/kubernetes-client.ts';
import { PodTemplate, versionOf } from '../../lib/kubernetes/pod-template.ts';
import { type Revision, readRevisions } from '../../lib/kubernetes/revisions.ts';
import { DriverError } from '../../services/ports/deployment-driver.ts';
import type { ArgoRolloutsSettings } from './schema.ts';

const Step = z.looseObject({ setWeight: z.int().min(0).max(100).optional(), pause: z.unknown().optional() });
export type Step = z.infer<typeof Step>;
const hash = z.string().default('');

/** What of a Rollout is looked at. */
export const Rollout = z.looseObject({
  metadata: z.looseObject({ uid: z.string(), resourceVersion: z.string(), generation: z.int() }),
  spec: z.looseObject({
    replicas: z.int().min(0).default(1),
    paused: z.boolean().default(false),
    selector: z.looseObject({ matchLabels: z.record(z.string(), z.string()).default({}) }).optional(),
    template: PodTemplate.optional(),
    workloadRef: z.looseObject({ kind: z.string(), name: z.string() }).optional(),
    strategy: z.looseObject({ canary: z.looseObject({ steps: z.array(Step).default([]) }).optional() }),
  }),
  status: z
    .looseObject({
      /** A number in digits. */
      observedGeneration: z.coerce.string().default('0'),
      workloadObservedGeneration: z.coerce.string().default('0'),
      phase: z.string().optional(),
      message: z.string().optional(),
      currentPodHash: hash,
      stableRS: hash,
      currentStepIndex: z.int().nullish(),
      pauseConditions: z.array(z.looseObject({ reason: z.string() })).nullish(),
      abort: z.boolean().default(false),
      availableReplicas: z.int().default(0),
      updatedReplicas: z.int().default(0),
      canary: z
        .looseObject({
          weights: z.looseObject({ canary: z.looseObject({ weight: z.number() }) }).nullish(),
        })
        .optional(),
    })
    .prefault({}),
});
export type Rollout = z.infer<typeof Rollout>;

const Workload = z.looseObject({
  metadata: z.looseObject({ resourceVersion: z.string(), generation: z.int() }),
  spec: z.looseObject({
    selector: z.looseObject({ matchLabels: z.record(z.string(), z.string()).default({}) }),
    template: PodTemplate,
  }),
});

/** A Rollout with what it says of its versions. */
export interface RolloutRead {
  rollout: Rollout;
  /** What has the template, the Rollout or the Deployment that it refers to; that is what a rollback changes. */
  holder: { path: string; resourceVersion: string };
  generation: { wanted: number; seen: number };
  /** The version in the template. */
  present: string | null;
  revisions: Revision[];
  /** It has all traffic: no other version is left. */
  isPromoted: boolean;
}

const names = { annotation: 'rollout.argoproj.io/revision', hashLabel: 'rollouts-pod-template-hash' };

/** Where a Rollout is. */
export function rolloutPath({ namespace, rollout }: ArgoRolloutsSettings): string {
  return `/apis/argoproj.io/v1alpha1/namespaces/${namespace}/rollouts/${rollout}`;
}

export async function readRollout(
  client: KubernetesClient,
  settings: ArgoRolloutsSettings,
): Promise<RolloutRead> {
  const { namespace, container } = settings;
  const rollout = await client.get(rolloutPath(settings), Rollout);
  const { metadata, spec, status } = rollout;
  const { workloadRef } = spec;
  const path =
    workloadRef &&
    `/apis/apps/v1/namespaces/${namespace}/deployments/${encodeURIComponent(workloadRef.name)}`;
  const workload = path === undefined ? null : await client.get(path, Workload);
  const template = workload?.spec.template ?? spec.template;
  if (!template) throw new DriverError(`Rollout ${settings.rollout} has no template.`);
  const labels = (spec.selector ?? workload?.spec.selector)?.matchLabels ?? {};
  const seen = Number(status.observedGeneration) || 0;
  const workloadSeen = Number(status.workloadObservedGeneration) || 0;
  return {
    rollout,
    holder: {
      path: path ?? rolloutPath(settings),
      resourceVersion: (workload ?? rollout).metadata.resourceVersion,
    },
    generation: {
      wanted: metadata.generation + (workload?.metadata.generation ?? 0),
      seen: Math.min(seen, metadata.generation) + Math.min(workloadSeen, workload?.metadata.generation ?? 0),
    },
    present: versionOf(template, container),
    revisions: await readRevisions(client, names, { namespace, uid: metadata.uid, labels, container }),
    isPromoted: status.currentPodHash !== '' && status.currentPodHash === status.stableRS,
  };
}
