import * as z from 'zod';
import type { KubernetesClient } from './kubernetes-client.ts';
import { PodTemplate, versionOf, withoutLabel } from './pod-template.ts';

const Owner = z.looseObject({ uid: z.string(), controller: z.boolean().optional() });
const ReplicaSets = z.looseObject({
  items: z.array(
    z.looseObject({
      metadata: z.looseObject({
        creationTimestamp: z.iso.datetime(),
        labels: z.record(z.string(), z.string()).default({}),
        annotations: z.record(z.string(), z.string()).default({}),
        ownerReferences: z.array(Owner).default([]),
      }),
      spec: z.looseObject({ template: PodTemplate }),
      status: z.looseObject({ availableReplicas: z.int().default(0) }).default({ availableReplicas: 0 }),
    }),
  ),
});

/** One of the states that a workload has been in, which it can be brought back to. */
export interface Revision {
  revision: number;
  version: string | null;
  /** Pods of it that take traffic. */
  available: number;
  /** The hash by which its pods are told from others. */
  hash: string;
  /** When it was made; coming back to it changes only its number. Epoch ms. */
  createdAt: number;
  /** As the workload had it. */
  template: PodTemplate;
}

/** What a workload that makes ReplicaSets calls things. */
export interface RevisionNames {
  /** The annotation with the number of a revision. */
  annotation: string;
  /** The label that is added to its template. */
  hashLabel: string;
}

/** The revisions that a workload keeps, the newest first. */
export async function readRevisions(
  client: KubernetesClient,
  names: RevisionNames,
  workload: { namespace: string; uid: string; labels: Record<string, string>; container: string | undefined },
): Promise<Revision[]> {
  const { namespace, uid, labels, container } = workload;
  const selector = Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
  const path = `/apis/apps/v1/namespaces/${namespace}/replicasets?labelSelector=${encodeURIComponent(selector)}`;
  const { items } = await client.get(path, ReplicaSets);
  return items
    .filter(({ metadata }) => metadata.ownerReferences.some((owner) => owner.uid === uid && owner.controller))
    .map(({ metadata, spec, status }) => ({
      revision: Number(metadata.annotations[names.annotation] ?? 0),
      version: versionOf(spec.template, container),
      available: status.availableReplicas,
      hash: metadata.labels[names.hashLabel] ?? '',
      createdAt: Date.parse(metadata.creationTimestamp),
      template: withoutLabel(spec.template, names.hashLabel),
    }))
    .sort((one, other) => other.revision - one.revision);
}

/** Percent of the pods that take traffic which run a version; 0 when none does. */
export function shareOf(
  revisions: readonly Revision[],
  version: string,
): { percent: number; counted: { weight: number; total: number } } {
  const sum = (of: readonly Revision[]) => of.reduce((all, { available }) => all + available, 0);
  const counted = {
    weight: sum(revisions.filter((each) => each.version === version)),
    total: sum(revisions),
  };
  return { percent: counted.total === 0 ? 0 : (100 * counted.weight) / counted.total, counted };
}
