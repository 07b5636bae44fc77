import { defineTargetAdapter } from '../../lib/create-adapter-registry.ts';
import { clusterAddress } from '../../lib/kubernetes/cluster-settings.ts';
import { createKubernetesDriver } from './kubernetes-driver.ts';
import { KubernetesSettings } from './schema.ts';

/** Deployments of Kubernetes, and the Service before them. */
export const driver = defineTargetAdapter({
  name: 'kubernetes',
  settings: KubernetesSettings,
  create: createKubernetesDriver,
  address: (settings) => `${clusterAddress(settings)} ${changed(settings.rollout)}`,
});

/** The sides may be swapped, and it is still the same that is changed. */
function changed(rollout: KubernetesSettings['rollout']): string {
  switch (rollout.way) {
    case 'rolling':
      return `deployment/${rollout.deployment}`;
    case 'replicas':
      return [rollout.stable, rollout.candidate]
        .sort()
        .map((name) => `deployment/${name}`)
        .join(' ');
    case 'switch':
      return `service/${rollout.service}`;
  }
}
