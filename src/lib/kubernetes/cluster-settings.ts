import { resolve } from 'node:path';
import * as z from 'zod';

/** A name as Kubernetes has it, which can't be mistaken for a part of a path. */
export const resourceName = z
  .string()
  .regex(
    /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/,
    'must be a name as Kubernetes has it: lower-case letters, digits, "-" and "."',
  );

/** How to reach a cluster, and where in it. */
export const clusterShape = {
  /** The path of a kubeconfig; left out, tminus runs in the cluster, as its service account. */
  kubeconfig: z.string().min(1).optional(),
  /** Which context of that file; left out, its current one. */
  context: z.string().min(1).optional(),
  namespace: resourceName,
  /** Longest wait for an answer, milliseconds. */
  timeoutMs: z.int().min(1).max(60_000).default(10_000),
};
export type ClusterSettings = z.infer<z.ZodObject<typeof clusterShape>>;

/** A cluster and a namespace in few words, without asking anybody. */
export function clusterAddress({ kubeconfig, context, namespace }: ClusterSettings): string {
  const cluster = kubeconfig === undefined ? 'in-cluster' : `${resolve(kubeconfig)} ${context ?? ''}`.trim();
  return `${cluster} ${namespace}`;
}
