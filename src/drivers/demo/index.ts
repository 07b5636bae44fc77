import { defineTargetAdapter } from '../../lib/create-adapter-registry.ts';
import { createDemoDriver } from './demo-driver.ts';
import { DemoDriverSettings } from './schema.ts';

/** The demo service of the sandbox. */
export const driver = defineTargetAdapter({
  name: 'demo',
  settings: DemoDriverSettings,
  create: createDemoDriver,
  // The paths of its admin API are fixed, and an origin has neither a user name nor a password.
  address: ({ adminUrl }) => new URL(adminUrl).origin,
});
