// Written by `npm run registries` from what is beside it; do not edit.
import { action as addFreeze } from './add-freeze.ts';
import { action as approveFreeze } from './approve-freeze.ts';
import { action as askAgain } from './ask-again.ts';
import { action as closePoll } from './close-poll.ts';
import { action as connectAccount } from './connect-account.ts';
import { action as declineAccount } from './decline-account.ts';
import { action as disconnectAccount } from './disconnect-account.ts';
import { action as endFreeze } from './end-freeze.ts';
import { action as followRelease } from './follow-release.ts';
import { action as freezeNow } from './freeze-now.ts';
import { action as newRelease } from './new-release.ts';
import { action as preferAccount } from './prefer-account.ts';
import { action as promote } from './promote.ts';
import { action as remindVoters } from './remind-voters.ts';
import { action as renewCalendar } from './renew-calendar.ts';
import { action as rescheduleRelease } from './reschedule-release.ts';
import { action as rollBack } from './roll-back.ts';
import { action as setRisk } from './set-risk.ts';
import { action as settleDelivery } from './settle-delivery.ts';
import { action as unfollowRelease } from './unfollow-release.ts';
import { action as voteGo } from './vote-go.ts';
import { action as voteNoGo } from './vote-no-go.ts';
import { action as withdrawFreeze } from './withdraw-freeze.ts';

export const allActions = [
  addFreeze,
  approveFreeze,
  askAgain,
  closePoll,
  connectAccount,
  declineAccount,
  disconnectAccount,
  endFreeze,
  followRelease,
  freezeNow,
  newRelease,
  preferAccount,
  promote,
  remindVoters,
  renewCalendar,
  rescheduleRelease,
  rollBack,
  setRisk,
  settleDelivery,
  unfollowRelease,
  voteGo,
  voteNoGo,
  withdrawFreeze,
] as const;
