import type { Resource, TestCluster } from '../../support/kubernetes/test-cluster.ts';

const hashLabel = 'rollouts-pod-template-hash';
const annotation = 'rollout.argoproj.io/revision';

/** One step of what Argo Rollouts' controller does with a Rollout whose traffic is routed; false when it waits. */
export function stepRollout(cluster: TestCluster, rollout: Resource): boolean {
  const { metadata, spec, status } = rollout;
  const before = JSON.stringify(status);
  const holder = cluster.templateHolder(rollout);
  if (
    status.observedGeneration !== String(metadata.generation) ||
    status.seenTemplate !== templateText(holder)
  ) {
    status.observedGeneration = String(metadata.generation);
    if (spec.workloadRef) status.workloadObservedGeneration = String(holder.metadata.generation);
    takeTemplate(cluster, rollout, holder);
  } else if (status.abort) {
    Object.assign(status, { phase: 'Degraded', message: 'RolloutAborted: Rollout aborted update' });
    Object.assign(status, { currentStepIndex: 0, pauseConditions: null, controllerPause: false });
    route(status, 0);
  } else if (status.currentPodHash === status.stableRS) settle(cluster, rollout);
  else if (status.promoteFull) finish(rollout);
  else if (spec.paused) Object.assign(status, { phase: 'Paused', message: 'manually paused' });
  else takeStep(rollout);
  const moved = before !== JSON.stringify(status);
  if (moved) cluster.touch(rollout);
  return moved;
}

function takeTemplate(cluster: TestCluster, rollout: Resource, holder: Resource): void {
  const { status } = rollout;
  const text = templateText(holder);
  if (status.seenTemplate === text) return;
  const sets = cluster.replicaSetsOf(rollout);
  const plain = (set: Resource) => {
    const { [hashLabel]: _, ...labels } = set.spec.template.metadata.labels;
    return JSON.stringify({ ...set.spec.template, metadata: { ...set.spec.template.metadata, labels } });
  };
  const newest = Math.max(0, ...sets.map(({ metadata }) => Number(metadata.annotations[annotation])));
  const set = sets.find((each) => plain(each) === text) ?? cluster.addReplicaSet(rollout, hashLabel, holder);
  set.metadata.annotations[annotation] = String(newest + 1);
  const currentPodHash = set.metadata.labels[hashLabel];
  Object.assign(status, { seenTemplate: text, currentPodHash, abort: false, promoteFull: false });
  Object.assign(status, {
    currentStepIndex: 0,
    pauseConditions: null,
    controllerPause: false,
    phase: 'Progressing',
  });
  // The first version of all has nothing to be careful about; nor has a return to what is stable.
  status.stableRS ||= currentPodHash;
}

function settle(cluster: TestCluster, rollout: Resource): void {
  const { status, spec } = rollout;
  for (const set of cluster.replicaSetsOf(rollout)) {
    const isCurrent = set.metadata.labels[hashLabel] === status.currentPodHash;
    set.status.availableReplicas = isCurrent ? spec.replicas : 0;
  }
  Object.assign(status, { phase: 'Healthy', message: undefined, availableReplicas: spec.replicas });
  route(status, 0);
}

function finish({ status }: Resource): void {
  Object.assign(status, { stableRS: status.currentPodHash, promoteFull: false });
  Object.assign(status, { pauseConditions: null, controllerPause: false });
}

function takeStep(rollout: Resource): unknown {
  const { spec, status } = rollout;
  const step = spec.strategy.canary.steps[status.currentStepIndex];
  const next = () => {
    Object.assign(status, {
      currentStepIndex: status.currentStepIndex + 1,
      controllerPause: false,
      phase: 'Progressing',
    });
  };
  if (!step) return finish(rollout);
  if (step.setWeight !== undefined) {
    route(status, step.setWeight);
    return next();
  }
  if (step.analysis) {
    // It goes on for as long as the test likes.
    status.phase = status.pauseConditions ? 'Paused' : 'Progressing';
    return null;
  }
  if (status.pauseConditions) return null;
  if (status.controllerPause) return next();
  const pauseConditions = [{ reason: 'CanaryPauseStep' }];
  return Object.assign(status, {
    pauseConditions,
    controllerPause: true,
    phase: 'Paused',
    message: 'CanaryPauseStep',
  });
}

function route(status: Resource, weight: number): void {
  status.canary = { weights: { canary: { weight }, stable: { weight: 100 - weight } } };
}

function templateText(holder: Resource): string {
  return JSON.stringify(holder.spec.template);
}
