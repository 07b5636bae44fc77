// Written by `npm run registries` from what is beside it; do not edit.
import { action as closePoll } from './close-poll.ts';
import { action as newRelease } from './new-release.ts';
import { action as promote } from './promote.ts';
import { action as rollBack } from './roll-back.ts';
import { action as settleDelivery } from './settle-delivery.ts';
import { action as voteGo } from './vote-go.ts';
import { action as voteNoGo } from './vote-no-go.ts';

export const allActions = [
  closePoll,
  newRelease,
  promote,
  rollBack,
  settleDelivery,
  voteGo,
  voteNoGo,
] as const;
