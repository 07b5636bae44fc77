import * as z from 'zod';
import { clusterShape, resourceName } from '../../lib/kubernetes/cluster-settings.ts';

/** One Deployment, whose pods are replaced. */
const rolling = z.strictObject({
  way: z.literal('rolling'),
  deployment: resourceName,
  /** The container whose image has the version; left out, the first. */
  container: resourceName.optional(),
  /** The image without its tag, where tminus is to set it; left out, somebody deploys the version and leaves it paused. */
  image: z
    .string()
    .regex(
      /^[a-z0-9][a-zA-Z0-9._:/-]*$/,
      'must be an image without tag, such as registry.example.com/shop/web',
    )
    .refine((image) => !/:[^/]*$/.test(image), 'must have no tag: tminus puts the version there')
    .optional(),
});

/** Two Deployments behind one Service: the share is that of their replicas. */
const replicas = z
  .strictObject({
    way: z.literal('replicas'),
    stable: resourceName,
    candidate: resourceName,
    /** Replicas of both together. */
    total: z.int().min(1).max(1_000),
    /** How long the side that gains may take until its pods are ready, before the other loses any. */
    readyWithinMs: z.int().min(100).max(600_000).default(120_000),
  })
  .refine((way) => way.stable !== way.candidate, 'must name two Deployments');

const side = z.strictObject({
  deployment: resourceName,
  /** What the label says on the pods of this side. */
  value: z.string().regex(/^[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$/, 'must be the value of a label'),
});

/** Two Deployments, of which a Service selects one. */
const selector = z
  .strictObject({
    way: z.literal('switch'),
    service: resourceName,
    /** The label in the Service's selector that tells the sides apart. */
    label: z.string().regex(/^([a-z0-9.-]+\/)?[A-Za-z0-9][A-Za-z0-9_.-]*$/, 'must be the key of a label'),
    stable: side,
    candidate: side,
  })
  .refine((way) => way.stable.value !== way.candidate.value, 'must have two values');

export type RollingWay = z.infer<typeof rolling>;
export type ReplicasWay = z.infer<typeof replicas>;
export type SwitchWay = z.infer<typeof selector>;

/** What of a cluster is changed, and how. */
export const KubernetesSettings = z.strictObject({
  ...clusterShape,
  rollout: z.discriminatedUnion('way', [rolling, replicas, selector]),
  /** Longest time from a command that was taken to its result, milliseconds. */
  deadlineMs: z.int().min(1_000).max(3_600_000).default(600_000),
});
export type KubernetesSettings = z.infer<typeof KubernetesSettings>;
