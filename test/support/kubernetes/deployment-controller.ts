import type { Resource, TestCluster } from './test-cluster.ts';

const annotation = 'deployment.kubernetes.io/revision';

/**
 * One step of what Kubernetes' controllers do with a Deployment: first they see the change, then they move some
 * pods. False when nothing is left to do.
 */
export function stepDeployment(cluster: TestCluster, deployment: Resource): boolean {
  const { metadata, spec, status } = deployment;
  if (status.observedGeneration < metadata.generation) {
    status.observedGeneration = metadata.generation;
    status.conditions = [{ type: 'Progressing', status: 'True', reason: 'ReplicaSetUpdated' }];
    if (!spec.paused) reviseReplicaSets(cluster, deployment);
    count(cluster, deployment);
    return true;
  }
  if (cluster.stuck && status.updatedReplicas < spec.replicas) {
    const message = `ReplicaSet "${metadata.name}" has timed out progressing.`;
    status.conditions = [
      { type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded', message },
    ];
    return false;
  }
  let moved = false;
  for (let pods = 0; pods < cluster.podsAtOnce && movePod(cluster, deployment); pods += 1) moved = true;
  if (moved) count(cluster, deployment);
  return moved;
}

/** The set of the template becomes the newest revision; another one is made where there is none. */
function reviseReplicaSets(cluster: TestCluster, deployment: Resource): void {
  const sets = cluster.replicaSetsOf(deployment);
  const wanted = JSON.stringify(deployment.spec.template);
  const found = sets.find((set) => templateOf(set) === wanted);
  const newest = Math.max(0, ...sets.map(revisionOf));
  if (found && revisionOf(found) === newest) return;
  const set = found ?? cluster.addReplicaSet(deployment, 'pod-template-hash');
  set.metadata.annotations[annotation] = String(newest + 1);
}

function movePod(cluster: TestCluster, deployment: Resource): boolean {
  const { replicas, paused, template } = deployment.spec;
  const sets = cluster.replicaSetsOf(deployment);
  const current = sets.find((set) => templateOf(set) === JSON.stringify(template)) ?? newestOf(sets);
  const others = sets.filter((set) => set !== current);
  const all = sets.reduce((sum, set) => sum + set.status.availableReplicas, 0);
  const old = others.find((set) => set.status.availableReplicas > 0);
  if (all > replicas) {
    const shrinks = old ?? current;
    if (shrinks) shrinks.status.availableReplicas -= 1;
    return true;
  }
  if (!current || (paused && all === replicas)) return false;
  if (current.status.availableReplicas >= replicas) return false;
  current.status.availableReplicas += 1;
  return true;
}

function count(cluster: TestCluster, deployment: Resource): void {
  const sets = cluster.replicaSetsOf(deployment);
  const all = sets.reduce((sum, set) => sum + set.status.availableReplicas, 0);
  const wanted = JSON.stringify(deployment.spec.template);
  const updated = sets.find((set) => templateOf(set) === wanted)?.status.availableReplicas ?? 0;
  Object.assign(deployment.status, { replicas: all, availableReplicas: all, updatedReplicas: updated });
  cluster.touch(deployment);
}

function newestOf(sets: readonly Resource[]): Resource | undefined {
  return [...sets].sort((one, other) => revisionOf(other) - revisionOf(one))[0];
}

function revisionOf(set: Resource): number {
  return Number(set.metadata.annotations[annotation] ?? 0);
}

function templateOf(set: Resource): string {
  const { 'pod-template-hash': _, ...labels } = set.spec.template.metadata.labels;
  return JSON.stringify({ ...set.spec.template, metadata: { ...set.spec.template.metadata, labels } });
}
