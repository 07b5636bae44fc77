import { setTimeout as wait } from 'node:timers/promises';
import type { TargetState, TargetStatus } from '../../core/rollout/target-state.ts';
import { versionOf } from '../../lib/kubernetes/pod-template.ts';
import { type DeploymentDriver, DriverError } from '../../services/ports/deployment-driver.ts';
import {
  type ClusterAt,
  type Deployment,
  deploymentPath,
  generationOf,
  readDeployment,
  statusOf,
} from './deployment.ts';
import type { ReplicasWay } from './schema.ts';

/** Replicas are whole; what is no further off than this counts as the share. Percentage points. */
const weightTolerance = 0.5;
/** Between two looks at pods that start: soon at first, milliseconds. */
const firstLookMs = 100;
const maxLookMs = 2_000;

/** Splits the pods behind a Service between two Deployments. Pods are added on one side before the other loses any. */
export function createReplicasDriver(at: ClusterAt, way: ReplicasWay): DeploymentDriver {
  const { client, namespace, deadlineMs } = at;
  const { stable, candidate, total } = way;
  const ofCandidate = (percent: number) => Math.round((percent / 100) * total);
  const nearestWeight = (percent: number) => (100 * ofCandidate(percent)) / total;
  const scale = (name: string, replicas: number) =>
    client.mergePatch(`${deploymentPath(namespace, name)}/scale`, { spec: { replicas } });
  const readBoth = async () => {
    const [first, second] = await Promise.all([readDeployment(at, stable), readDeployment(at, candidate)]);
    return { stable: first, candidate: second };
  };
  /** How many of a Deployment's pods take traffic, once they are enough or the time is over; null: it is scaled otherwise. */
  const awaitPods = async (name: string, wanted: number): Promise<number | null> => {
    let leftMs = way.readyWithinMs;
    for (let lookMs = firstLookMs; ; lookMs = Math.min(2 * lookMs, maxLookMs)) {
      const { spec, metadata, status } = await readDeployment(at, name);
      if (spec.replicas !== wanted) return null;
      const ready = status.observedGeneration >= metadata.generation ? status.availableReplicas : 0;
      if (ready >= wanted || leftMs <= 0) return ready;
      await wait(lookMs);
      leftMs -= lookMs;
    }
  };
  const move = async (
    gains: { name: string; to: number },
    loses: { name: string; to: number },
    least: number,
  ) => {
    await scale(gains.name, gains.to);
    const ready = await awaitPods(gains.name, gains.to);
    // A rollback came, or somebody else: what they want is not to be undone. The next reading shows what it is.
    if (ready === null) return null;
    if (ready < least)
      throw new DriverError(
        `Only ${ready} of ${gains.to} pods of ${gains.name} are ready, so ${loses.name} keeps its own.`,
      );
    await scale(loses.name, loses.to);
    return null;
  };

  return {
    observe: async () => toState(await readBoth()),
    weightTolerance,
    hasNamedSides: true,
    commands: {
      setWeight: {
        deadlineMs,
        nearestWeight,
        run: async ({ target, weight }) => {
          if (!(weight >= 0 && weight <= 100)) throw new DriverError('A weight must be 0 to 100 percent.');
          const nearest = nearestWeight(weight);
          if (Math.abs(nearest - weight) > weightTolerance)
            throw new DriverError(
              `${total} replicas can't be split at ${weight} %: the nearest is ${nearest} %.`,
            );
          const both = await readBoth();
          requireVersion(both.candidate, candidate, target.version);
          const sides = [
            { name: candidate, to: ofCandidate(weight) },
            { name: stable, to: total - ofCandidate(weight) },
          ] as const;
          const rises = sides[0].to >= both.candidate.spec.replicas;
          const [gains, loses] = rises ? sides : [sides[1], sides[0]];
          return move(gains, loses, gains.to);
        },
      },
      // One pod of the stable side is enough: the other side is known to be bad.
      rollBack: { deadlineMs, run: () => move({ name: stable, to: total }, { name: candidate, to: 0 }, 1) },
    },
  };
}

function requireVersion({ spec }: Deployment, name: string, wanted: string): void {
  const found = versionOf(spec.template, undefined);
  if (found !== wanted)
    throw new DriverError(
      `Deployment ${name} has ${found ?? 'no version'}, not ${wanted}. Deploy ${wanted} to it, then try again.`,
    );
}

function toState(both: { stable: Deployment; candidate: Deployment }): TargetState {
  const [stable, candidate] = [both.stable, both.candidate];
  const weight = candidate.status.availableReplicas;
  const total = weight + stable.status.availableReplicas;
  const [ofStable, ofCandidate] = [generationOf(stable), generationOf(candidate)];
  return {
    stableVersion: versionOf(stable.spec.template, undefined) ?? 'unknown',
    candidateVersion: versionOf(candidate.spec.template, undefined),
    weight: total === 0 ? 0 : (100 * weight) / total,
    countedWeight: { weight, total },
    readiness: { ready: weight, wanted: candidate.spec.replicas },
    progress: null,
    generation: {
      wanted: ofStable.wanted + ofCandidate.wanted,
      seen: Math.min(ofStable.seen, ofStable.wanted) + Math.min(ofCandidate.seen, ofCandidate.wanted),
    },
    status: worse(statusOf(stable), statusOf(candidate)),
  };
}

/** The status of two together: what has gone wrong on one side is said, and both have to be done. */
function worse(one: TargetStatus, other: TargetStatus): TargetStatus {
  const order = ['failed', 'paused', 'progressing', 'done'] as const;
  return order.indexOf(one.kind) <= order.indexOf(other.kind) ? one : other;
}
