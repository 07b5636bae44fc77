// Written by `npm run registries` from what is beside it; do not edit.
import { driver as demo } from './demo/index.ts';

export const allDrivers = [
  demo,
] as const;
