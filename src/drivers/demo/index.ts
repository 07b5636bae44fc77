import { defineAdapter } from '../../lib/create-adapter-registry.ts';
import { createDemoDriver } from './demo-driver.ts';
import { DemoDriverSettings } from './schema.ts';

/** The demo service of the sandbox. */
export const driver = defineAdapter({
  name: 'demo',
  settings: DemoDriverSettings,
  create: createDemoDriver,
});
