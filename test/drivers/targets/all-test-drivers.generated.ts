// Written by `npm run registries` from what is beside it; do not edit.
import { driver as integerWeights } from './integer-weights/index.ts';

export const allTestDrivers = [
  integerWeights,
] as const;
