// Written by `npm run registries` from what is beside it; do not edit.
import { driver as demo } from './demo/index.ts';
import { driver as haproxy } from './haproxy/index.ts';

export const allDrivers = [
  demo,
  haproxy,
] as const;
