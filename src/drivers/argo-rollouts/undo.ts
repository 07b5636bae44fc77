import type { JsonPatch } from '../../lib/kubernetes/kubernetes-client.ts';
import type { Revision } from '../../lib/kubernetes/revisions.ts';
import { DriverError } from '../../services/ports/deployment-driver.ts';
import type { RolloutRead } from './rollout.ts';

/** The revision that a rollback of a version returns to: while it is rolled out the stable one, afterwards the one before. */
export function revisionBefore(
  { revisions, rollout, isPromoted }: RolloutRead,
  version: string,
): Revision | undefined {
  const others = revisions.filter((each) => each.version !== null && each.version !== version);
  const stable = others.find(({ hash }) => hash === rollout.status.stableRS);
  return isPromoted ? others[0] : (stable ?? others[0]);
}

/** What puts the template back; null when another version is in it already. */
export function planUndo(read: RolloutRead, version: string): JsonPatch | null {
  if (read.present !== version) return null;
  const earlier = revisionBefore(read, version);
  if (!earlier)
    throw new DriverError(`The Rollout keeps no revision before ${version} (revisionHistoryLimit).`);
  return [
    { op: 'test', path: '/metadata/resourceVersion', value: read.holder.resourceVersion },
    { op: 'replace', path: '/spec/template', value: earlier.template },
  ];
}

/**
 * Whether a Rollout is on its way from a version that had all traffic to an earlier one. A newer one, which somebody else
 * has deployed since, must not be taken for that: its ReplicaSet is younger.
 */
export function isGoingBack({ revisions, rollout, isPromoted }: RolloutRead, version: string): boolean {
  const { currentPodHash, stableRS } = rollout.status;
  const [to, from] = [currentPodHash, stableRS].map((hash) => revisions.find((each) => each.hash === hash));
  return !isPromoted && from?.version === version && to !== undefined && to.createdAt < from.createdAt;
}
