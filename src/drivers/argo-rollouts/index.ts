import { defineTargetAdapter } from '../../lib/create-adapter-registry.ts';
import { clusterAddress } from '../../lib/kubernetes/cluster-settings.ts';
import { createArgoRolloutsDriver } from './argo-rollouts-driver.ts';
import { ArgoRolloutsSettings } from './schema.ts';

/** A Rollout of Argo Rollouts, whose steps are its own. */
export const driver = defineTargetAdapter({
  name: 'argo-rollouts',
  settings: ArgoRolloutsSettings,
  create: createArgoRolloutsDriver,
  address: (settings) => `${clusterAddress(settings)} rollout/${settings.rollout}`,
});
