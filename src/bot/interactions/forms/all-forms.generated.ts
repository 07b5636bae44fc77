// Written by `npm run registries` from what is beside it; do not edit.
import { form as abortRollout } from './abort-rollout.ts';
import { form as abstain } from './abstain.ts';
import { form as addFreeze } from './add-freeze.ts';
import { form as addToRecord } from './add-to-record.ts';
import { form as askGoNoGo } from './ask-go-no-go.ts';
import { form as breakFreeze } from './break-freeze.ts';
import { form as cancelRelease } from './cancel-release.ts';
import { form as changeRequest } from './change-request.ts';
import { form as changeTask } from './change-task.ts';
import { form as checkItem } from './check-item.ts';
import { form as conditionalGo } from './conditional-go.ts';
import { form as confirmReschedule } from './confirm-reschedule.ts';
import { form as disarmRollback } from './disarm-rollback.ts';
import { form as editDraft } from './edit-draft.ts';
import { form as editNotes } from './edit-notes.ts';
import { form as editRelease } from './edit-release.ts';
import { form as freezeNow } from './freeze-now.ts';
import { form as handOver } from './hand-over.ts';
import { form as holdDraft } from './hold-draft.ts';
import { form as importRelease } from './import-release.ts';
import { form as lockProduct } from './lock-product.ts';
import { form as newRelease } from './new-release.ts';
import { form as noGo } from './no-go.ts';
import { form as overrideDecision } from './override-decision.ts';
import { form as pauseRelease } from './pause-release.ts';
import { form as pauseRollout } from './pause-rollout.ts';
import { form as promote } from './promote.ts';
import { form as publishNotes } from './publish-notes.ts';
import { form as reassign } from './reassign.ts';
import { form as recordLive } from './record-live.ts';
import { form as refuseRequest } from './refuse-request.ts';
import { form as reportGate } from './report-gate.ts';
import { form as rescheduleRelease } from './reschedule-release.ts';
import { form as rollBack } from './roll-back.ts';
import { form as setRisk } from './set-risk.ts';
import { form as signOff } from './sign-off.ts';
import { form as subscribe } from './subscribe.ts';
import { form as waiveGate } from './waive-gate.ts';

export const allForms = [
  abortRollout,
  abstain,
  addFreeze,
  addToRecord,
  askGoNoGo,
  breakFreeze,
  cancelRelease,
  changeRequest,
  changeTask,
  checkItem,
  conditionalGo,
  confirmReschedule,
  disarmRollback,
  editDraft,
  editNotes,
  editRelease,
  freezeNow,
  handOver,
  holdDraft,
  importRelease,
  lockProduct,
  newRelease,
  noGo,
  overrideDecision,
  pauseRelease,
  pauseRollout,
  promote,
  publishNotes,
  reassign,
  recordLive,
  refuseRequest,
  reportGate,
  rescheduleRelease,
  rollBack,
  setRisk,
  signOff,
  subscribe,
  waiveGate,
] as const;
