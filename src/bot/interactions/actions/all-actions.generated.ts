// Written by `npm run registries` from what is beside it; do not edit.
import { action as abortRollout } from './abort-rollout.ts';
import { action as addFreeze } from './add-freeze.ts';
import { action as approveDraft } from './approve-draft.ts';
import { action as approveNotes } from './approve-notes.ts';
import { action as approveRequest } from './approve-request.ts';
import { action as askAgain } from './ask-again.ts';
import { action as changeTask } from './change-task.ts';
import { action as checkItems } from './check-items.ts';
import { action as closePoll } from './close-poll.ts';
import { action as connectAccount } from './connect-account.ts';
import { action as declineAccount } from './decline-account.ts';
import { action as disconnectAccount } from './disconnect-account.ts';
import { action as editDraft } from './edit-draft.ts';
import { action as editNotes } from './edit-notes.ts';
import { action as endFreeze } from './end-freeze.ts';
import { action as endWaiver } from './end-waiver.ts';
import { action as followRelease } from './follow-release.ts';
import { action as freezeNow } from './freeze-now.ts';
import { action as holdDraft } from './hold-draft.ts';
import { action as newRelease } from './new-release.ts';
import { action as overrideDecision } from './override-decision.ts';
import { action as pauseRollout } from './pause-rollout.ts';
import { action as preferAccount } from './prefer-account.ts';
import { action as promote } from './promote.ts';
import { action as publishNotes } from './publish-notes.ts';
import { action as redraftNotes } from './redraft-notes.ts';
import { action as refuseRequest } from './refuse-request.ts';
import { action as releaseDraft } from './release-draft.ts';
import { action as remindVoters } from './remind-voters.ts';
import { action as renewCalendar } from './renew-calendar.ts';
import { action as reopenTask } from './reopen-task.ts';
import { action as reportGate } from './report-gate.ts';
import { action as rescheduleRelease } from './reschedule-release.ts';
import { action as restoreDraft } from './restore-draft.ts';
import { action as resumeRollout } from './resume-rollout.ts';
import { action as retryOperation } from './retry-operation.ts';
import { action as rollBack } from './roll-back.ts';
import { action as setRisk } from './set-risk.ts';
import { action as settleDelivery } from './settle-delivery.ts';
import { action as settleOverdue } from './settle-overdue.ts';
import { action as showAudit } from './show-audit.ts';
import { action as showChecklist } from './show-checklist.ts';
import { action as showDraft } from './show-draft.ts';
import { action as signOff } from './sign-off.ts';
import { action as taskDone } from './task-done.ts';
import { action as unfollowRelease } from './unfollow-release.ts';
import { action as voteAbstain } from './vote-abstain.ts';
import { action as voteConditional } from './vote-conditional.ts';
import { action as voteGo } from './vote-go.ts';
import { action as voteNoGo } from './vote-no-go.ts';
import { action as waiveGate } from './waive-gate.ts';
import { action as withdrawRequest } from './withdraw-request.ts';

export const allActions = [
  abortRollout,
  addFreeze,
  approveDraft,
  approveNotes,
  approveRequest,
  askAgain,
  changeTask,
  checkItems,
  closePoll,
  connectAccount,
  declineAccount,
  disconnectAccount,
  editDraft,
  editNotes,
  endFreeze,
  endWaiver,
  followRelease,
  freezeNow,
  holdDraft,
  newRelease,
  overrideDecision,
  pauseRollout,
  preferAccount,
  promote,
  publishNotes,
  redraftNotes,
  refuseRequest,
  releaseDraft,
  remindVoters,
  renewCalendar,
  reopenTask,
  reportGate,
  rescheduleRelease,
  restoreDraft,
  resumeRollout,
  retryOperation,
  rollBack,
  setRisk,
  settleDelivery,
  settleOverdue,
  showAudit,
  showChecklist,
  showDraft,
  signOff,
  taskDone,
  unfollowRelease,
  voteAbstain,
  voteConditional,
  voteGo,
  voteNoGo,
  waiveGate,
  withdrawRequest,
] as const;
