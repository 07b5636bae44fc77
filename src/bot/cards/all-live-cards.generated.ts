// Written by `npm run registries` from what is beside it; do not edit.
import { liveCard as ballot } from './ballot/index.ts';
import { liveCard as home } from './home/index.ts';
import { liveCard as poll } from './poll/index.ts';
import { liveCard as rollout } from './rollout/index.ts';

export const allLiveCards = [
  ballot,
  home,
  poll,
  rollout,
] as const;
