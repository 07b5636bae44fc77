// Written by `npm run registries` from what is beside it; do not edit.
import { action as askAgain } from './ask-again.ts';
import { action as closePoll } from './close-poll.ts';
import { action as connectAccount } from './connect-account.ts';
import { action as declineAccount } from './decline-account.ts';
import { action as disconnectAccount } from './disconnect-account.ts';
import { action as followRelease } from './follow-release.ts';
import { action as newRelease } from './new-release.ts';
import { action as preferAccount } from './prefer-account.ts';
import { action as promote } from './promote.ts';
import { action as remindVoters } from './remind-voters.ts';
import { action as renewCalendar } from './renew-calendar.ts';
import { action as rescheduleRelease } from './reschedule-release.ts';
import { action as rollBack } from './roll-back.ts';
import { action as settleDelivery } from './settle-delivery.ts';
import { action as unfollowRelease } from './unfollow-release.ts';
import { action as voteGo } from './vote-go.ts';
import { action as voteNoGo } from './vote-no-go.ts';

export const allActions = [
  askAgain,
  closePoll,
  connectAccount,
  declineAccount,
  disconnectAccount,
  followRelease,
  newRelease,
  preferAccount,
  promote,
  remindVoters,
  renewCalendar,
  rescheduleRelease,
  rollBack,
  settleDelivery,
  unfollowRelease,
  voteGo,
  voteNoGo,
] as const;
