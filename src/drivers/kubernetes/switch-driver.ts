import * as z from 'zod';
import type { TargetState, TargetStatus } from '../../core/rollout/target-state.ts';
import { versionOf } from '../../lib/kubernetes/pod-template.ts';
import { type DeploymentDriver, DriverError } from '../../services/ports/deployment-driver.ts';
import { type ClusterAt, type Deployment, readDeployment, untilUnchanged } from './deployment.ts';
import type { SwitchWay } from './schema.ts';

const Service = z.looseObject({
  metadata: z.looseObject({ resourceVersion: z.string() }),
  spec: z.looseObject({ selector: z.record(z.string(), z.string()).default({}) }),
});

/** Has a Service select the pods of one Deployment or of the other. */
export function createSwitchDriver(at: ClusterAt, way: SwitchWay): DeploymentDriver {
  const { client, namespace, deadlineMs } = at;
  const { label, stable, candidate } = way;
  const path = `/api/v1/namespaces/${namespace}/services/${way.service}`;
  const select = (value: string, metadata: object) =>
    client.mergePatch(path, { ...metadata, spec: { selector: { [label]: value } } });

  return {
    observe: async () => {
      const [service, ofStable, ofCandidate] = await Promise.all([
        client.get(path, Service),
        readDeployment(at, stable.deployment),
        readDeployment(at, candidate.deployment),
      ]);
      return toState(way, service.spec.selector[label], { stable: ofStable, candidate: ofCandidate });
    },
    weightTolerance: 0,
    hasNamedSides: true,
    commands: {
      promote: {
        deadlineMs,
        run: async ({ target }) => {
          await untilUnchanged(`Service ${way.service}`, async () => {
            const { metadata } = await client.get(path, Service);
            requireReady(
              candidate.deployment,
              await readDeployment(at, candidate.deployment),
              target.version,
            );
            const { resourceVersion } = metadata;
            return select(candidate.value, { metadata: { resourceVersion } });
          });
          return null;
        },
      },
      rollBack: {
        deadlineMs,
        run: async () => {
          const side = await readDeployment(at, stable.deployment).catch(() => null);
          if (side?.status.availableReplicas === 0)
            throw new DriverError(
              `${stable.deployment} has no ready pods, so nobody would be served. Scale it up, then roll back again.`,
            );
          // Whoever changed the Service meanwhile: it is to go back.
          await select(stable.value, {});
          return null;
        },
      },
    },
  };
}

function requireReady(name: string, { spec, status, metadata }: Deployment, wanted: string): void {
  const found = versionOf(spec.template, undefined);
  if (found !== wanted)
    throw new DriverError(
      `Deployment ${name} has ${found ?? 'no version'}, not ${wanted}. Deploy ${wanted} to it, then try again.`,
    );
  const { observedGeneration, availableReplicas, updatedReplicas } = status;
  const ready = observedGeneration < metadata.generation ? 0 : Math.min(availableReplicas, updatedReplicas);
  if (spec.replicas === 0 || ready < spec.replicas)
    throw new DriverError(
      `Only ${ready} of ${spec.replicas} pods of ${name} are ready. Try again when all are.`,
    );
}

function toState(
  { service, label, stable, candidate }: SwitchWay,
  selected: string | undefined,
  sides: { stable: Deployment; candidate: Deployment },
): TargetState {
  const isCandidate = selected === candidate.value;
  const isKnown = isCandidate || selected === stable.value;
  const [serving, name] = isCandidate
    ? [sides.candidate, candidate.deployment]
    : [sides.stable, stable.deployment];
  const { availableReplicas: ready } = sides.candidate.status;
  let status: TargetStatus = { kind: 'done' };
  if (!isKnown)
    status = {
      kind: 'failed',
      reason: `service ${service} selects neither side by ${label} (${selected ?? 'not set'})`,
    };
  else if (serving.status.availableReplicas === 0)
    status = { kind: 'failed', reason: `${name} has no ready pods` };
  return {
    stableVersion: versionOf(sides.stable.spec.template, undefined) ?? 'unknown',
    candidateVersion: versionOf(sides.candidate.spec.template, undefined),
    weight: isCandidate ? 100 : 0,
    countedWeight: null,
    readiness: { ready, wanted: sides.candidate.spec.replicas },
    progress: null,
    generation: null,
    status,
  };
}
