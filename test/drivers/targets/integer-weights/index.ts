import { defineTargetAdapter } from '../../../../src/lib/create-adapter-registry.ts';
import { createIntegerWeightsDriver } from './integer-weights-driver.ts';
import { IntegerWeightsSettings } from './schema.ts';

/** Like a proxy that counts in 256 parts, keeps nothing of what it was told, and takes minutes. */
export const driver = defineTargetAdapter({
  name: 'integer-weights',
  settings: IntegerWeightsSettings,
  create: createIntegerWeightsDriver,
  address: ({ proxy }) => proxy,
});
