// Written by `npm run registries` from what is beside it; do not edit.
import { driver as argoRollouts } from './argo-rollouts/index.ts';
import { driver as command } from './command/index.ts';
import { driver as demo } from './demo/index.ts';
import { driver as github } from './github/index.ts';
import { driver as haproxy } from './haproxy/index.ts';
import { driver as kubernetes } from './kubernetes/index.ts';
import { driver as unleash } from './unleash/index.ts';
import { driver as webhook } from './webhook/index.ts';

export const allDrivers = [
  argoRollouts,
  command,
  demo,
  github,
  haproxy,
  kubernetes,
  unleash,
  webhook,
] as const;
