import type { TargetState, TargetStatus } from '../../core/rollout/target-state.ts';
import { shareOf } from '../../lib/kubernetes/revisions.ts';
import type { Rollout, RolloutRead } from './rollout.ts';
import { revisionBefore } from './undo.ts';

/** What a Rollout says of itself, for a version. */
export function toTargetState(read: RolloutRead, version: string): TargetState {
  const { present, revisions, rollout, generation, isPromoted } = read;
  const { spec, status } = rollout;
  const isPresent = present === version;
  const isKnown = isPresent || revisions.some((each) => each.version === version);
  const stable = isPresent ? revisionBefore(read, version)?.version : present;
  const pods = shareOf(revisions, version);
  // Where traffic is routed, by what the router was told; else a pod is as good as another.
  const routed = status.canary?.weights?.canary.weight;
  const ofRouter = isPromoted ? (isPresent ? 100 : 0) : isPresent ? routed : undefined;
  const isRouted = routed !== undefined && ofRouter !== undefined;
  return {
    stableVersion: stable ?? 'unknown',
    candidateVersion: isKnown ? version : null,
    weight: isRouted ? ofRouter : pods.percent,
    countedWeight: isRouted ? null : pods.counted,
    readiness: { ready: status.availableReplicas, wanted: spec.replicas },
    progress: null,
    generation,
    status: statusOf(rollout),
  };
}

function statusOf({ spec, status }: Rollout): TargetStatus {
  const { phase, message } = status;
  switch (phase) {
    case 'Healthy':
      return { kind: 'done' };
    case 'Paused':
      return { kind: 'paused', reason: spec.paused ? null : (message ?? null) };
    case 'Degraded':
      return { kind: 'failed', reason: message ?? 'Argo Rollouts says that it is degraded' };
    default:
      return { kind: 'progressing' };
  }
}
