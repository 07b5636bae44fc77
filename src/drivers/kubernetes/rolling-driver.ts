import type { TargetState } from '../../core/rollout/target-state.ts';
import type { JsonPatch } from '../../lib/kubernetes/kubernetes-client.ts';
import { containerIndex, versionOf } from '../../lib/kubernetes/pod-template.ts';
import { type Revision, readRevisions, shareOf } from '../../lib/kubernetes/revisions.ts';
import {
  type CommandCall,
  type DeploymentDriver,
  DriverError,
} from '../../services/ports/deployment-driver.ts';
import {
  type ClusterAt,
  type Deployment,
  deploymentPath,
  generationOf,
  readDeployment,
  statusOf,
  untilUnchanged,
} from './deployment.ts';
import type { RollingWay } from './schema.ts';

const names = { annotation: 'deployment.kubernetes.io/revision', hashLabel: 'pod-template-hash' };
/** What a tag of an image may be. */
const tag = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;

const resumed: JsonPatch = [{ op: 'add', path: '/spec/paused', value: false }];

interface Workload {
  deployment: Deployment;
  /** The version in its template, which its pods are to have. */
  present: string | null;
  revisions: Revision[];
}

/** Updates one Deployment, and takes it back to its earlier revision as `kubectl rollout undo` does. */
export function createRollingDriver(at: ClusterAt, way: RollingWay): DeploymentDriver {
  const { client, namespace, deadlineMs } = at;
  const path = deploymentPath(namespace, way.deployment);
  const read = async (): Promise<Workload> => {
    const deployment = await readDeployment(at, way.deployment);
    const { metadata, spec } = deployment;
    const revisions = await readRevisions(client, names, {
      ...{ namespace, uid: metadata.uid, labels: spec.selector.matchLabels, container: way.container },
    });
    return { deployment, present: versionOf(spec.template, way.container), revisions };
  };
  /** Changes it by what was just read; null: there is nothing to change. */
  const change = (how: (workload: Workload, call: CommandCall) => JsonPatch | null) => ({
    deadlineMs,
    run: async (call: CommandCall) => {
      await untilUnchanged(`Deployment ${way.deployment}`, async () => {
        const workload = await read();
        const patch = how(workload, call);
        const { resourceVersion } = workload.deployment.metadata;
        const unchanged = { op: 'test', path: '/metadata/resourceVersion', value: resourceVersion } as const;
        return patch === null || client.jsonPatch(path, [unchanged, ...patch]);
      });
      return null;
    },
  });

  /** Whatever else has changed meanwhile. */
  const pause = async (paused: boolean) => {
    await client.mergePatch(path, { spec: { paused } });
    return null;
  };

  return {
    observe: async ({ target }) => toState(await read(), target.version),
    weightTolerance: 0,
    commands: {
      promote: change((workload, { target }) => updateTo(workload, way, target.version)),
      rollBack: change((workload, { target }) => undo(workload, target.version)),
      pause: { deadlineMs, run: () => pause(true) },
      resume: { deadlineMs, run: () => pause(false) },
    },
  };
}

function toState({ deployment, present, revisions }: Workload, version: string): TargetState {
  const isPresent = present === version;
  const isKnown = isPresent || revisions.some((each) => each.version === version);
  const share = shareOf(revisions, version);
  const { spec, status } = deployment;
  return {
    stableVersion: (isPresent ? before(revisions, version)?.version : present) ?? 'unknown',
    candidateVersion: isKnown ? version : null,
    weight: share.percent,
    countedWeight: share.counted,
    readiness: { ready: status.availableReplicas, wanted: spec.replicas },
    progress: { updated: status.updatedReplicas, total: spec.replicas },
    generation: generationOf(deployment),
    status: statusOf(deployment),
  };
}

/** The newest revision of another version. */
function before(revisions: readonly Revision[], version: string): Revision | undefined {
  return revisions.find((each) => each.version !== null && each.version !== version);
}

function updateTo({ deployment, present }: Workload, way: RollingWay, version: string): JsonPatch | null {
  const { template, paused } = deployment.spec;
  if (present === version) return paused ? resumed : null;
  if (way.image === undefined)
    throw new DriverError(
      `Deployment ${way.deployment} has ${present ?? 'no version'}, not ${version}. Deploy ${version} with spec.paused, or name the image in the settings of the driver.`,
    );
  const index = containerIndex(template, way.container);
  if (index < 0)
    throw new DriverError(`Deployment ${way.deployment} has no container ${way.container ?? ''}.`);
  if (!tag.test(version)) throw new DriverError(`${JSON.stringify(version)} can't be the tag of an image.`);
  const image = { path: `/spec/template/spec/containers/${index}/image`, value: `${way.image}:${version}` };
  return [{ op: 'replace', ...image }, ...resumed];
}

function undo({ present, revisions }: Workload, version: string): JsonPatch | null {
  // It was taken back before, or another version has come since.
  if (present !== version) return null;
  const earlier = before(revisions, version);
  if (!earlier)
    throw new DriverError(`The Deployment keeps no revision before ${version} (revisionHistoryLimit).`);
  return [{ op: 'replace', path: '/spec/template', value: earlier.template }, ...resumed];
}
