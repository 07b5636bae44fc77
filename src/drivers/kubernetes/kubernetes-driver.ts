import { createKubernetesClient } from '../../lib/kubernetes/kubernetes-client.ts';
import { type DeploymentDriver, DriverError } from '../../services/ports/deployment-driver.ts';
import { createReplicasDriver } from './replicas-driver.ts';
import { createRollingDriver } from './rolling-driver.ts';
import type { KubernetesSettings } from './schema.ts';
import { createSwitchDriver } from './switch-driver.ts';

/** Drives Deployments by Kubernetes' REST API, in one of three ways. It keeps nothing: the cluster does. */
export function createKubernetesDriver(settings: KubernetesSettings): DeploymentDriver {
  const { rollout, namespace, deadlineMs } = settings;
  const at = { client: createKubernetesClient(settings, DriverError), namespace, deadlineMs };
  switch (rollout.way) {
    case 'rolling':
      return createRollingDriver(at, rollout);
    case 'replicas':
      return createReplicasDriver(at, rollout);
    case 'switch':
      return createSwitchDriver(at, rollout);
  }
}
