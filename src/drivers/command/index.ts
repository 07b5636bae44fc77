import { resolve } from 'node:path';
import { defineTargetAdapter } from '../../lib/create-adapter-registry.ts';
import { createCommandDriver } from './command-driver.ts';
import { CommandDriverSettings } from './schema.ts';

/** Programs of your own on this machine. */
export const driver = defineTargetAdapter({
  name: 'command',
  settings: CommandDriverSettings,
  create: createCommandDriver,
  // Whatever tells the state of the same thing changes the same thing.
  address: ({ observe, cwd }) => `${resolve(cwd ?? '.')} ${JSON.stringify(observe)}`,
});
