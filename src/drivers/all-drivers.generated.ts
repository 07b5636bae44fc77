// Written by `npm run registries` from what is beside it; do not edit.
import { driver as command } from './command/index.ts';
import { driver as demo } from './demo/index.ts';
import { driver as haproxy } from './haproxy/index.ts';
import { driver as webhook } from './webhook/index.ts';

export const allDrivers = [
  command,
  demo,
  haproxy,
  webhook,
] as const;
