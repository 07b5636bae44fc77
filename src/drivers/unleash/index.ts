import { defineTargetAdapter } from '../../lib/create-adapter-registry.ts';
import { UnleashSettings } from './schema.ts';
import { createUnleashDriver } from './unleash-driver.ts';

/** A feature toggle of Unleash. */
export const driver = defineTargetAdapter({
  name: 'unleash',
  settings: UnleashSettings,
  create: createUnleashDriver,
  // Names of features are known in all projects.
  address: ({ url, feature, environment }) => {
    const { origin, pathname } = new URL(url);
    return `${origin}${pathname.replace(/\/+$/, '')} ${feature} ${environment}`;
  },
});
