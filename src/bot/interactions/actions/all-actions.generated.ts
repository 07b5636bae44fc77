// Written by `npm run registries` from what is beside it; do not edit.
import { action as closePoll } from './close-poll.ts';
import { action as connectAccount } from './connect-account.ts';
import { action as declineAccount } from './decline-account.ts';
import { action as disconnectAccount } from './disconnect-account.ts';
import { action as newRelease } from './new-release.ts';
import { action as preferAccount } from './prefer-account.ts';
import { action as promote } from './promote.ts';
import { action as rollBack } from './roll-back.ts';
import { action as settleDelivery } from './settle-delivery.ts';
import { action as voteGo } from './vote-go.ts';
import { action as voteNoGo } from './vote-no-go.ts';

export const allActions = [
  closePoll,
  connectAccount,
  declineAccount,
  disconnectAccount,
  newRelease,
  preferAccount,
  promote,
  rollBack,
  settleDelivery,
  voteGo,
  voteNoGo,
] as const;
