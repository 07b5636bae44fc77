import * as z from 'zod';
import { clusterShape, resourceName } from '../../lib/kubernetes/cluster-settings.ts';

/** A Rollout of Argo Rollouts. */
export const ArgoRolloutsSettings = z.strictObject({
  ...clusterShape,
  /** Its name. */
  rollout: resourceName,
  /** The container whose image has the version; left out, the first. */
  container: resourceName.optional(),
  /** Longest time from a command that was taken to its result, milliseconds. */
  deadlineMs: z.int().min(1_000).max(3_600_000).default(600_000),
});
export type ArgoRolloutsSettings = z.infer<typeof ArgoRolloutsSettings>;
