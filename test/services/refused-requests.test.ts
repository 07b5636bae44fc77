import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordAbsentHolder } from '../../src/services/absence/note-absent-holders.ts';
import { approveDraft } from '../../src/services/approval/approve-draft.ts';
import { checkDraft } from '../../src/services/approval/check-draft.ts';
import { editDraft } from '../../src/services/approval/edit-draft.ts';
import { holdDraft, releaseDraft } from '../../src/services/approval/hold-draft.ts';
import { postAnchor } from '../../src/services/audit/post-anchor.ts';
import { readTrail } from '../../src/services/audit/read-trail.ts';
import { redactPerson } from '../../src/services/audit/redact/redact-person.ts';
import { redactText } from '../../src/services/audit/redact/redact-text.ts';
import { openCalendar } from '../../src/services/calendar/open-calendar.ts';
import { notifyClosedCard } from '../../src/services/card/notify-closed-card.ts';
import { notifyRefusedCard } from '../../src/services/card/notify-refused-card.ts';
import { replaceCard } from '../../src/services/card/replace-card.ts';
import { checkLateChange } from '../../src/services/changes/check-late-change.ts';
import { requestChange } from '../../src/services/changes/request-change.ts';
import { greetPlace } from '../../src/services/conversation/greet-place.ts';
import { replyToMessage } from '../../src/services/conversation/reply-to-message.ts';
import { failDelivery } from '../../src/services/delivery/fail-delivery.ts';
import { handOut } from '../../src/services/delivery/hand-out.ts';
import { leaveUnknown } from '../../src/services/delivery/leave-unknown.ts';
import { notifyDelay } from '../../src/services/delivery/notify-delay.ts';
import { settleDelivery } from '../../src/services/delivery/settle-delivery.ts';
import { mayExamine } from '../../src/services/doctor/may-examine.ts';
import { addMessage } from '../../src/services/evidence/add-message.ts';
import { chooseRelease } from '../../src/services/evidence/choose-release.ts';
import { followRelease, unfollowRelease } from '../../src/services/follow/follow-release.ts';
import { endForm } from '../../src/services/form/end-form.ts';
import { watchForm } from '../../src/services/form/watch-form.ts';
import { addFreeze, mayAddFreeze } from '../../src/services/freeze/add-freeze.ts';
import { breakFreeze, mayBreakFreeze } from '../../src/services/freeze/break-freeze.ts';
import { endFreeze } from '../../src/services/freeze/end-freeze.ts';
import { redrawFrozen } from '../../src/services/freeze/redraw-frozen.ts';
import { mayRequestFreeze, requestFreeze } from '../../src/services/freeze/request-freeze.ts';
import { castVote } from '../../src/services/go-no-go/cast-vote.ts';
import { checkBallot } from '../../src/services/go-no-go/check-ballot.ts';
import { closePoll } from '../../src/services/go-no-go/close-poll.ts';
import { askGoNoGo, prepareGoNoGo } from '../../src/services/go-no-go/open-poll.ts';
import { overrideDecision, prepareOverride } from '../../src/services/go-no-go/override-decision.ts';
import { remindOnRequest } from '../../src/services/go-no-go/remind-on-request.ts';
import { prepareSignOff, signOff } from '../../src/services/go-no-go/sign-off.ts';
import { handOverDuties, prepareHandover } from '../../src/services/handover/hand-over.ts';
import { openHome } from '../../src/services/home/open-home.ts';
import { postHome } from '../../src/services/home/post-home.ts';
import type { Ctx } from '../../src/services/kernel/context.ts';
import { refuseOtherWorkspace } from '../../src/services/kernel/refuse-other-workspace.ts';
import type { Result } from '../../src/services/kernel/result.ts';
import { cancelRelease } from '../../src/services/lifecycle/cancel-release.ts';
import { editRelease } from '../../src/services/lifecycle/edit-release.ts';
import { forecastMove } from '../../src/services/lifecycle/forecast-move.ts';
import { pauseRelease } from '../../src/services/lifecycle/pause-release.ts';
import { prepareReschedule, rescheduleRelease } from '../../src/services/lifecycle/reschedule-release.ts';
import { resumeRelease } from '../../src/services/lifecycle/resume-release.ts';
import { approveNotes } from '../../src/services/notes/approve-notes.ts';
import { beginNotes, redraftNotes } from '../../src/services/notes/draft-release-notes.ts';
import { checkNotes, editNotes } from '../../src/services/notes/edit-notes.ts';
import { preparePublication, publishNotes } from '../../src/services/notes/publish-notes.ts';
import { settleOverdue } from '../../src/services/overdue/settle-overdue.ts';
import { connectAccount } from '../../src/services/people/connect-account.ts';
import { declineAccount } from '../../src/services/people/decline-account.ts';
import { disconnectAccount } from '../../src/services/people/disconnect-account.ts';
import { preferAccount } from '../../src/services/people/prefer-account.ts';
import { recordReachable } from '../../src/services/people/record-reachable.ts';
import { applyPermissions } from '../../src/services/permissions/apply-permissions.ts';
import { lockProduct, prepareLock } from '../../src/services/product-lock/lock-product.ts';
import { unlockProduct } from '../../src/services/product-lock/unlock-product.ts';
import { checkChecklist } from '../../src/services/readiness/check-checklist.ts';
import { checkGateRight } from '../../src/services/readiness/check-gate-right.ts';
import { postChecklists } from '../../src/services/readiness/post-checklists.ts';
import { recordMeasurements } from '../../src/services/readiness/record-measurements.ts';
import { recordResults } from '../../src/services/readiness/record-results.ts';
import { endWaiver, waiveGate } from '../../src/services/readiness/waive-gate.ts';
import { createRelease } from '../../src/services/release/create-release.ts';
import { keepDraft } from '../../src/services/release/keep-draft.ts';
import { keepImport } from '../../src/services/release/keep-import.ts';
import { mayChangeRelease } from '../../src/services/release/may-change-release.ts';
import { mayCreateRelease } from '../../src/services/release/may-create-release.ts';
import { pruneRelease } from '../../src/services/release/prune-release.ts';
import { reassignRole } from '../../src/services/release/reassign-role.ts';
import { checkRequestDecision } from '../../src/services/requests/check-request.ts';
import { decideOnRequest } from '../../src/services/requests/decide-request.ts';
import { abortRollout, prepareAbort } from '../../src/services/rollout/abort-rollout.ts';
import { advanceOperation } from '../../src/services/rollout/advance-operation.ts';
import { armRollback, disarmRollback, prepareDisarm } from '../../src/services/rollout/disarm-rollback.ts';
import { judgeRollbackRules } from '../../src/services/rollout/judge-rollback-rules.ts';
import { pauseRollout, preparePause, resumeRollout } from '../../src/services/rollout/pause-rollout.ts';
import { progressRollout } from '../../src/services/rollout/progress-rollout.ts';
import { preparePromotion, promoteRollout } from '../../src/services/rollout/promote-rollout.ts';
import { prepareRecord, recordDeployment } from '../../src/services/rollout/record-deployment.ts';
import { recordGates } from '../../src/services/rollout/record-gates.ts';
import { recordProgress } from '../../src/services/rollout/record-progress.ts';
import { recordTargetTraffic } from '../../src/services/rollout/record-target-traffic.ts';
import { repeatRollback } from '../../src/services/rollout/repeat-rollback.ts';
import { retryOperation } from '../../src/services/rollout/retry-operation.ts';
import { prepareRollback, rollBackRollout } from '../../src/services/rollout/roll-back-rollout.ts';
import {
  confirmListSubscription,
  endListSubscription,
  requestListSubscription,
} from '../../src/services/subscriptions/list-subscription.ts';
import {
  subscribe,
  unsubscribe,
  unsubscribeAll,
} from '../../src/services/subscriptions/own-subscriptions.ts';
import { checkTask } from '../../src/services/tasks/check-task.ts';
import { markTaskDone, markTaskNotApplicable, reopenTask } from '../../src/services/tasks/settle-task.ts';
import { snoozeTask } from '../../src/services/tasks/snooze-task.ts';
import { fireTimer } from '../../src/services/timer/fire-timer.ts';
import {
  goLive,
  identityOf,
  idOf,
  type PersonName,
  personIdOf,
  type World,
} from '../support/test-services.ts';
import { lateFix } from './changes/late-change.ts';
import { writtenMessage } from './evidence/written-message.ts';
import { resultOf } from './readiness/gate-steps.ts';
import { auditOf, releaseOf, rolloutOf } from './steps.ts';
import { changedTables, hashTables } from './table-hashes.ts';
import { openFullWorld } from './world-with-everything.ts';

let world: World;
let releaseId: string;
let secondId: string;
let pollId: string;
let operationId: string;
let deliveryId: string;
let cardId: string;
let questionId: string;
let draft: { draftId: string; revision: number };
let taskId: string;

beforeAll(async () => {
  ({ world, releaseId, pollId, operationId, deliveryId, cardId, questionId, draft, taskId, secondId } =
    await openFullWorld());
});
afterAll(() => world.close());

interface TriedRequest {
  /** Who is refused, as the trail has them; else somebody without any role. */
  actor?: string;
  /** The function that the rest of the product calls. */
  call: string;
  /** Where the refusal is written. */
  chain: 'release' | 'workspace';
  request: (ctx: Ctx) => Promise<Result<unknown>>;
}

const releaseKey = 'web-2.4.0';
const someNotes = { releaseKey, revision: 1 };
const newFreeze = {
  ...{ name: 'Year end', from: '2030-12-20 18:00', until: '2031-01-06 06:00', zone: 'Europe/Berlin' },
  ...{ products: null, production: null, except: [] },
};

/** Every way of changing anything, as someone would try it who may not. */
const requests: TriedRequest[] = [
  { call: 'approveDraft', chain: 'release', request: (ctx) => approveDraft({ ctx, input: draft }) },
  {
    call: 'editDraft',
    chain: 'release',
    request: (ctx) => editDraft({ ctx, input: { ...draft, text: { title: 'News', body: 'Just so.' } } }),
  },
  {
    call: 'holdDraft',
    chain: 'release',
    request: (ctx) => holdDraft({ ctx, input: { ...draft, reason: 'Just so.' } }),
  },
  { call: 'releaseDraft', chain: 'release', request: (ctx) => releaseDraft({ ctx, input: draft }) },
  {
    call: 'checkDraft',
    chain: 'release',
    request: (ctx) => checkDraft({ ctx, input: { ...draft, change: 'draft.edit' } }),
  },
  { call: 'addMessage', chain: 'release', request: (ctx) => addMessage({ ctx, input: writtenMessage() }) },
  {
    call: 'chooseRelease',
    chain: 'release',
    request: (ctx) => chooseRelease({ ctx, input: { noteId: crypto.randomUUID(), releaseKey } }),
  },
  {
    call: 'checkLateChange',
    chain: 'release',
    request: (ctx) => checkLateChange({ ctx, input: { releaseKey } }),
  },
  {
    call: 'requestChange',
    chain: 'release',
    request: (ctx) => requestChange({ ctx, input: { releaseKey, ...lateFix } }),
  },
  { call: 'beginNotes', chain: 'release', request: (ctx) => beginNotes({ ctx, input: { releaseKey } }) },
  { call: 'redraftNotes', chain: 'release', request: (ctx) => redraftNotes({ ctx, input: someNotes }) },
  { call: 'checkNotes', chain: 'release', request: (ctx) => checkNotes({ ctx, input: someNotes }) },
  {
    call: 'editNotes',
    chain: 'release',
    request: (ctx) => editNotes({ ctx, input: { ...someNotes, title: 'News', body: 'Just so.' } }),
  },
  { call: 'approveNotes', chain: 'release', request: (ctx) => approveNotes({ ctx, input: someNotes }) },
  {
    call: 'preparePublication',
    chain: 'release',
    request: (ctx) => preparePublication({ ctx, input: someNotes }),
  },
  {
    call: 'publishNotes',
    chain: 'release',
    request: (ctx) => publishNotes({ ctx, input: { ...someNotes, audience: 'support' } }),
  },
  {
    call: 'postAnchor',
    chain: 'workspace',
    request: (ctx) =>
      postAnchor({
        ctx,
        input: {
          destination: { channel: 'slack', kind: 'channel', id: 'C1' },
          address: '#audit',
          everyMs: 1,
        },
      }),
  },
  {
    call: 'recordMeasurements',
    chain: 'release',
    request: (ctx) => recordMeasurements({ ctx, input: { releaseId, version: '2.4.0', measured: [] } }),
  },
  {
    call: 'redactPerson',
    chain: 'workspace',
    request: (ctx) => redactPerson({ ctx, input: { personId: personIdOf('dana'), reason: 'Asked for.' } }),
  },
  {
    call: 'redactText',
    chain: 'workspace',
    request: (ctx) => redactText({ ctx, input: { text: 'two words', reason: 'Asked for.' } }),
  },
  { call: 'readTrail', chain: 'release', request: (ctx) => readTrail({ ctx, input: { releaseKey } }) },
  {
    call: 'postChecklists',
    chain: 'release',
    request: (ctx) => postChecklists({ ctx, input: { releaseKey: world.plan.release, checklist: null } }),
  },
  {
    call: 'checkChecklist',
    chain: 'release',
    request: (ctx) => checkChecklist({ ctx, input: { releaseId, checklist: 'technical-validation' } }),
  },
  {
    call: 'checkGateRight',
    chain: 'release',
    request: (ctx) => checkGateRight({ ctx, input: { releaseKey, capability: 'gate.waive' } }),
  },
  {
    call: 'recordResults',
    chain: 'release',
    request: (ctx) => recordResults({ ctx, input: resultOf('sast', true) }),
  },
  {
    call: 'waiveGate',
    chain: 'release',
    request: (ctx) => waiveGate({ ctx, input: { releaseKey, gate: 'sast', reason: 'Just so.', until: 1 } }),
  },
  {
    call: 'endWaiver',
    chain: 'release',
    request: (ctx) => endWaiver({ ctx, input: { releaseKey, gate: 'sast' } }),
  },
  { call: 'checkTask', chain: 'release', request: (ctx) => checkTask({ ctx, input: { taskId } }) },
  {
    call: 'markTaskDone',
    chain: 'release',
    request: (ctx) => markTaskDone({ ctx, input: { taskId, evidence: null } }),
  },
  {
    call: 'markTaskNotApplicable',
    chain: 'release',
    request: (ctx) => markTaskNotApplicable({ ctx, input: { taskId, reason: 'Just so.' } }),
  },
  { call: 'reopenTask', chain: 'release', request: (ctx) => reopenTask({ ctx, input: { taskId } }) },
  {
    call: 'snoozeTask',
    chain: 'release',
    request: (ctx) => snoozeTask({ ctx, input: { taskId, until: Date.parse('2030-06-21T07:00:00Z') } }),
  },
  {
    call: 'castVote',
    chain: 'release',
    request: (ctx) => castVote({ ctx, input: { pollId, choice: 'go', reason: null } }),
  },
  { call: 'checkBallot', chain: 'release', request: (ctx) => checkBallot({ ctx, input: { pollId } }) },
  { call: 'closePoll', chain: 'release', request: (ctx) => closePoll({ ctx, input: { pollId } }) },
  {
    call: 'prepareOverride',
    chain: 'release',
    request: (ctx) => prepareOverride({ ctx, input: { releaseKey } }),
  },
  {
    call: 'overrideDecision',
    chain: 'release',
    request: (ctx) => overrideDecision({ ctx, input: { releaseKey, reason: 'Just so.', pollId, round: 1 } }),
  },
  {
    call: 'prepareSignOff',
    chain: 'release',
    request: (ctx) => prepareSignOff({ ctx, input: { releaseKey } }),
  },
  {
    call: 'signOff',
    chain: 'release',
    request: (ctx) =>
      signOff({ ctx, input: { releaseKey, typed: releaseKey, decisionId: crypto.randomUUID() } }),
  },
  { call: 'askGoNoGo', chain: 'release', request: (ctx) => askGoNoGo({ ctx, input: { releaseKey } }) },
  {
    call: 'prepareGoNoGo',
    chain: 'release',
    request: (ctx) => prepareGoNoGo({ ctx, input: { releaseKey } }),
  },
  {
    call: 'preparePromotion',
    chain: 'release',
    request: (ctx) => preparePromotion({ ctx, input: { releaseKey, target: 'next' } }),
  },
  {
    call: 'promoteRollout',
    chain: 'release',
    request: (ctx) => promoteRollout({ ctx, input: { releaseKey, target: 'next' } }),
  },
  {
    call: 'rollBackRollout',
    chain: 'release',
    request: (ctx) => rollBackRollout({ ctx, input: { releaseKey, reason: 'Just so.' } }),
  },
  {
    call: 'prepareRollback',
    chain: 'release',
    request: (ctx) => prepareRollback({ ctx, input: { releaseKey } }),
  },
  {
    call: 'recordDeployment',
    chain: 'release',
    request: (ctx) => recordDeployment({ ctx, input: { releaseKey, toPercent: 50, note: null } }),
  },
  {
    call: 'prepareRecord',
    chain: 'release',
    request: (ctx) => prepareRecord({ ctx, input: { releaseKey, toPercent: 100 } }),
  },
  {
    call: 'disarmRollback',
    chain: 'release',
    request: (ctx) => disarmRollback({ ctx, input: { releaseKey, reason: 'Just so.', until: Date.now() } }),
  },
  {
    call: 'prepareDisarm',
    chain: 'release',
    request: (ctx) => prepareDisarm({ ctx, input: { releaseKey } }),
  },
  {
    call: 'armRollback',
    chain: 'release',
    request: (ctx) => armRollback({ ctx, input: { releaseKey } }),
  },
  {
    call: 'preparePause',
    chain: 'release',
    request: (ctx) => preparePause({ ctx, input: { releaseKey } }),
  },
  {
    call: 'pauseRollout',
    chain: 'release',
    request: (ctx) => pauseRollout({ ctx, input: { releaseKey, reason: 'Just so.' } }),
  },
  {
    call: 'resumeRollout',
    chain: 'release',
    request: (ctx) => resumeRollout({ ctx, input: { releaseKey } }),
  },
  {
    call: 'prepareAbort',
    chain: 'release',
    request: (ctx) => prepareAbort({ ctx, input: { releaseKey } }),
  },
  {
    call: 'abortRollout',
    chain: 'release',
    request: (ctx) => abortRollout({ ctx, input: { releaseKey, reason: 'Just so.' } }),
  },
  {
    call: 'retryOperation',
    chain: 'release',
    request: (ctx) => retryOperation({ ctx, input: { releaseKey } }),
  },
  {
    call: 'prepareLock',
    chain: 'release',
    request: (ctx) => prepareLock({ ctx, input: { releaseKey } }),
  },
  {
    call: 'lockProduct',
    chain: 'release',
    request: (ctx) =>
      lockProduct({ ctx, input: { releaseKey, reason: 'Just so.', ownerId: personIdOf('emil') } }),
  },
  {
    call: 'unlockProduct',
    chain: 'release',
    request: (ctx) => unlockProduct({ ctx, input: { releaseKey } }),
  },
  {
    call: 'progressRollout',
    chain: 'release',
    request: async (ctx) => progressRollout({ ctx, release: await releaseOf(world, releaseId) }),
  },
  {
    call: 'judgeRollbackRules',
    chain: 'release',
    request: async (ctx) => {
      const { phaseIndex } = await rolloutOf(world, releaseId);
      return judgeRollbackRules({ ctx, input: { releaseId, phaseIndex, samples: [] } });
    },
  },
  {
    call: 'advanceOperation',
    chain: 'release',
    request: (ctx) => {
      const step = { from: 'confirmed', to: 'running' } as const;
      const found = { observedPercent: null, error: null, taken: null };
      return advanceOperation({ ctx, input: { releaseId, operationId, ...step, ...found } });
    },
  },
  {
    call: 'recordProgress',
    chain: 'release',
    request: (ctx) => recordProgress({ ctx, input: { releaseId, operationId, progress: null } }),
  },
  {
    call: 'recordGates',
    chain: 'release',
    request: async (ctx) => {
      const { phaseIndex } = await rolloutOf(world, releaseId);
      return recordGates({ ctx, input: { releaseId, phaseIndex, gates: [] } });
    },
  },
  {
    call: 'recordTargetTraffic',
    chain: 'release',
    request: (ctx) =>
      recordTargetTraffic({
        ctx,
        input: { releaseId, operationId: crypto.randomUUID(), observedPercent: 10 },
      }),
  },
  {
    call: 'pruneRelease',
    chain: 'release',
    request: (ctx) => pruneRelease({ ctx, input: { releaseId, endedBefore: new Date() } }),
  },
  {
    call: 'repeatRollback',
    chain: 'release',
    request: (ctx) => repeatRollback({ ctx, input: { releaseId, observedPercent: 10 } }),
  },
  {
    call: 'fireTimer',
    chain: 'release',
    request: async (ctx) => {
      const [due] = await world.query<{ id: string; revision: number }>(
        `select id, revision from timers where state = 'pending' and due_at <= '2030-06-19T23:00:00Z' limit 1`,
      );
      return fireTimer({ ctx, input: { timerId: due?.id ?? '', releaseId, revision: due?.revision ?? 0 } });
    },
  },
  {
    call: 'connectAccount',
    chain: 'workspace',
    request: (ctx) => connectAccount({ ctx, input: identityOf('rita') }),
  },
  {
    call: 'declineAccount',
    chain: 'workspace',
    request: (ctx) => declineAccount({ ctx, input: identityOf('rita') }),
  },
  {
    call: 'disconnectAccount',
    chain: 'workspace',
    request: (ctx) => disconnectAccount({ ctx, input: identityOf('rita') }),
  },
  {
    call: 'preferAccount',
    chain: 'workspace',
    request: (ctx) => preferAccount({ ctx, input: identityOf('rita') }),
  },
  {
    call: 'createRelease',
    chain: 'workspace',
    request: (ctx) => createRelease({ ctx, input: { plan: { ...world.plan, release: 'app-1.0' } } }),
  },
  {
    call: 'editRelease',
    chain: 'release',
    request: (ctx) => editRelease({ ctx, input: { plan: world.plan } }),
  },
  {
    call: 'recordAbsentHolder',
    chain: 'workspace',
    request: (ctx) => recordAbsentHolder({ ctx, input: identityOf('rita') }),
  },
  {
    call: 'recordReachable',
    chain: 'workspace',
    request: (ctx) => recordReachable({ ctx, input: identityOf('rita') }),
  },
  {
    call: 'keepDraft',
    chain: 'workspace',
    request: (ctx) => keepDraft({ ctx, input: { draftId: crypto.randomUUID(), begins: true, values: {} } }),
  },
  {
    call: 'keepImport',
    chain: 'workspace',
    request: (ctx) => keepImport({ ctx, input: { releaseKey: 'other-1.0', isChange: false, text: '' } }),
  },
  { call: 'mayCreateRelease', chain: 'workspace', request: (ctx) => mayCreateRelease({ ctx, input: {} }) },
  { call: 'mayExamine', chain: 'workspace', request: (ctx) => mayExamine({ ctx, input: {} }) },
  {
    call: 'mayChangeRelease',
    chain: 'release',
    request: (ctx) => mayChangeRelease({ ctx, input: { releaseKey, change: 'release.edit' } }),
  },
  {
    call: 'failDelivery',
    chain: 'workspace',
    request: async (ctx) => {
      return failDelivery({ ctx, input: { deliveryId, attempts: 1, reason: 'Just so.' } });
    },
  },
  {
    call: 'handOut',
    chain: 'workspace',
    request: (ctx) => handOut({ ctx, input: { deliveryId, attempts: 1, members: ['U0EMIL'] } }),
  },
  {
    call: 'greetPlace',
    chain: 'workspace',
    request: (ctx) =>
      greetPlace({ ctx, input: { platform: 'slack', kind: 'person', id: 'U0RITA', channelId: null } }),
  },
  {
    call: 'leaveUnknown',
    chain: 'workspace',
    request: async (ctx) => {
      return leaveUnknown({ ctx, input: { deliveryId, attempts: 1, reason: 'Just so.' } });
    },
  },
  {
    call: 'settleDelivery',
    chain: 'release',
    request: async (ctx) => settleDelivery({ ctx, input: { deliveryId, arrived: true } }),
  },
  {
    call: 'settleOverdue',
    chain: 'release',
    request: (ctx) => settleOverdue({ ctx, input: { questionId, communicationId: null, send: true } }),
  },
  {
    call: 'notifyDelay',
    chain: 'release',
    request: async (ctx) => notifyDelay({ ctx, input: { deliveryId, releaseId, attempts: 1 } }),
  },
  {
    call: 'notifyRefusedCard',
    chain: 'release',
    request: (ctx) => notifyRefusedCard({ ctx, input: { cardId, releaseId, reason: 'Just so.' } }),
  },
  {
    call: 'notifyClosedCard',
    chain: 'release',
    request: (ctx) => notifyClosedCard({ ctx, input: { cardId, releaseId, reason: 'Just so.' } }),
  },
  {
    call: 'replaceCard',
    chain: 'workspace',
    request: (ctx) => {
      const message = { messageId: 'message-1', channelId: 'C-release' };
      return replaceCard({ ctx, input: { cardId, message, cause: 'gone', reason: 'Just so.' } });
    },
  },
  {
    call: 'reassignRole',
    chain: 'release',
    request: (ctx) => {
      const person = { identity: identityOf('nina') };
      return reassignRole({ ctx, input: { releaseKey, role: 'devops_lead', person } });
    },
  },
  {
    call: 'addFreeze',
    chain: 'workspace',
    request: (ctx) => addFreeze({ ctx, input: newFreeze }),
  },
  { call: 'mayAddFreeze', chain: 'workspace', request: (ctx) => mayAddFreeze({ ctx }) },
  {
    call: 'endFreeze',
    chain: 'workspace',
    request: (ctx) => endFreeze({ ctx, input: { name: 'Year end' } }),
  },
  {
    call: 'breakFreeze',
    chain: 'release',
    request: (ctx) =>
      breakFreeze({ ctx, input: { releaseKey, reason: 'Just so.', until: Date.parse('2030-06-25') } }),
  },
  {
    call: 'mayBreakFreeze',
    chain: 'release',
    request: (ctx) => mayBreakFreeze({ ctx, input: { releaseKey } }),
  },
  {
    call: 'requestFreeze',
    chain: 'workspace',
    request: (ctx) => requestFreeze({ ctx, input: { reason: 'Just so.', until: Date.parse('2030-06-25') } }),
  },
  { call: 'mayRequestFreeze', chain: 'workspace', request: (ctx) => mayRequestFreeze({ ctx }) },
  {
    call: 'applyPermissions',
    chain: 'workspace',
    request: (ctx) => applyPermissions({ ctx, input: {} }),
  },
  {
    call: 'decideOnRequest',
    chain: 'release',
    request: (ctx) =>
      decideOnRequest({ ctx, input: { requestId: secondId, decision: 'approve', reason: null } }),
  },
  {
    call: 'checkRequestDecision',
    chain: 'release',
    request: (ctx) => checkRequestDecision({ ctx, input: { requestId: secondId } }),
  },
  {
    call: 'prepareHandover',
    chain: 'workspace',
    request: (ctx) => prepareHandover({ ctx, input: {} }),
  },
  {
    call: 'handOverDuties',
    chain: 'workspace',
    request: (ctx) => handOverDuties({ ctx, input: { person: { email: 'rita@example.com' } } }),
  },
  { call: 'redrawFrozen', chain: 'workspace', request: (ctx) => redrawFrozen({ ctx }) },
  {
    call: 'pauseRelease',
    chain: 'release',
    request: (ctx) => pauseRelease({ ctx, input: { releaseKey, reason: 'Just so.', until: null } }),
  },
  {
    call: 'resumeRelease',
    chain: 'release',
    request: (ctx) => resumeRelease({ ctx, input: { releaseKey } }),
  },
  {
    call: 'cancelRelease',
    chain: 'release',
    request: (ctx) => cancelRelease({ ctx, input: { releaseKey, reason: 'Just so.' } }),
  },
  {
    call: 'remindOnRequest',
    chain: 'release',
    request: (ctx) => remindOnRequest({ ctx, input: { releaseKey } }),
  },
  {
    call: 'prepareReschedule',
    chain: 'release',
    request: (ctx) => prepareReschedule({ ctx, input: { releaseKey } }),
  },
  {
    call: 'forecastMove',
    chain: 'release',
    request: (ctx) => {
      const chosen = { date: '2030-06-25', time: '10:00', from: Date.parse(goLive) };
      return forecastMove({ ctx, input: { releaseKey, ...chosen } });
    },
  },
  {
    call: 'rescheduleRelease',
    chain: 'release',
    request: (ctx) => {
      const chosen = { date: '2030-06-25', time: '10:00', from: Date.parse(goLive) };
      return rescheduleRelease({ ctx, input: { releaseKey, ...chosen, reason: 'Just so.' } });
    },
  },
  // Everybody of the workspace may follow a release.
  ...(['followRelease', 'unfollowRelease'] as const).map(
    (call): TriedRequest => ({
      call,
      chain: 'release',
      actor: 'slack:T0ELSEWHERE:U0NINA',
      request: (ctx) => {
        const asked = { ctx: fromElsewhere(ctx), input: { releaseKey } };
        return call === 'followRelease' ? followRelease(asked) : unfollowRelease(asked);
      },
    }),
  ),
  // Everybody of the workspace may subscribe.
  ...Object.entries({ subscribe, unsubscribe, unsubscribeAll }).map(
    ([call, verb]): TriedRequest => ({
      call,
      chain: 'workspace',
      actor: 'slack:T0ELSEWHERE:U0NINA',
      request: (ctx) => verb({ ctx: fromElsewhere(ctx), input: { audience: 'support', product: null } }),
    }),
  ),
  {
    call: 'requestListSubscription',
    chain: 'workspace',
    request: (ctx) => {
      const input = { channel: 'email', list: 'customers', address: 'ann@example.com' };
      return requestListSubscription({ ctx, input });
    },
  },
  {
    call: 'confirmListSubscription',
    chain: 'workspace',
    request: (ctx) => confirmListSubscription({ ctx, input: { subscriberId: deliveryId } }),
  },
  {
    call: 'endListSubscription',
    chain: 'workspace',
    request: (ctx) => endListSubscription({ ctx, input: { subscriberId: deliveryId } }),
  },
  {
    call: 'openCalendar',
    chain: 'workspace',
    actor: 'slack:T0ELSEWHERE:U0NINA',
    request: (ctx) => openCalendar({ ctx: fromElsewhere(ctx), input: { renew: true } }),
  },
  {
    call: 'refuseOtherWorkspace',
    chain: 'workspace',
    request: (ctx) => refuseOtherWorkspace({ ctx, input: {} }),
  },
  {
    call: 'watchForm',
    chain: 'workspace',
    request: (ctx) => {
      const form = { name: 'no-go', metadata: { pollId } };
      return watchForm({ ctx, input: { form, channel: 'slack', view: { id: 'V1', hash: '1' } } });
    },
  },
  {
    call: 'endForm',
    chain: 'workspace',
    request: (ctx) => endForm({ ctx, input: { channel: 'slack', messageId: '1', channelIds: [] } }),
  },
  {
    call: 'openHome',
    chain: 'workspace',
    request: (ctx) => openHome({ ctx, input: { identity: identityOf('rita') } }),
  },
  {
    call: 'postHome',
    chain: 'workspace',
    request: (ctx) => postHome({ ctx, input: { identity: identityOf('rita') } }),
  },
  {
    call: 'replyToMessage',
    chain: 'workspace',
    request: (ctx) => {
      const destination = { channel: 'slack', kind: 'person' as const, id: idOf('rita') };
      const content = { summary: 'Hello.', blocks: [] };
      return replyToMessage({ ctx, input: { destination, replyTo: null, content } });
    },
  },
];

/** The same person in a workspace that is not served. */
function fromElsewhere(ctx: Ctx): Ctx {
  const { actor } = ctx;
  if (actor.kind !== 'person') throw new Error('only people are somewhere');
  const { identity, name } = actor;
  return { ...ctx, actor: { kind: 'other-workspace', workspaceId: 'T0ELSEWHERE', identity, name } };
}

describe('someone without the right', () => {
  it.each(requests)('is refused by $call, which leaves one audit event and nothing else', async (tried) => {
    const chain = tried.chain === 'release' ? releaseId : 'workspace';
    const before = { tables: await hashTables(world), events: await auditOf(world, chain) };
    world.workItems.length = 0;
    const result = await tried.request(world.as('nina'));
    expect(result).toMatchObject({ ok: false, refusal: { code: 'not-permitted' } });
    expect(changedTables(before.tables, await hashTables(world))).toEqual(['audit_events', 'audit_heads']);
    const after = await auditOf(world, chain);
    expect(after.slice(0, -1)).toEqual(before.events);
    expect(after.at(-1)).toMatchObject({
      action: 'request.refused',
      actor: tried.actor ?? 'slack:U0NINA',
      details: { code: 'not-permitted' },
    });
    expect(world.workItems).toEqual([]);
    expect(world.driver.calls).toEqual([]);
  });

  it.each(requests)(
    'asks for the same $call twice and gets the same refusal, written once',
    async ({ call, request }) => {
      const ctx = world.as('nina', `click-of-${call}`);
      const first = await request(ctx);
      const before = await hashTables(world);
      expect(await request(ctx)).toEqual(first);
      expect(changedTables(before, await hashTables(world))).toEqual([]);
    },
  );
});

/** The same requests of people with an input that is not valid either, and what is said of it to those who may. */
const invalid: (TriedRequest & { person: PersonName; told: string })[] = [
  {
    call: 'castVote',
    chain: 'release',
    person: 'quinn',
    told: 'A no-go needs a reason: say what has to change.',
    request: (ctx) => castVote({ ctx, input: { pollId, choice: 'no_go', reason: ' ' } }),
  },
  {
    call: 'promoteRollout',
    chain: 'release',
    person: 'dana',
    told: 'Promote to at most 100 %.',
    request: (ctx) => promoteRollout({ ctx, input: { releaseKey, target: 101 } }),
  },
  {
    call: 'rollBackRollout',
    chain: 'release',
    person: 'dana',
    told: 'A rollback needs a reason: say what you saw.',
    request: (ctx) => rollBackRollout({ ctx, input: { releaseKey, reason: ' ' } }),
  },
  {
    call: 'recordDeployment',
    chain: 'release',
    person: 'dana',
    told: 'A share of traffic is at most 100 %.',
    request: (ctx) => recordDeployment({ ctx, input: { releaseKey, toPercent: 101, note: null } }),
  },
  {
    call: 'cancelRelease',
    chain: 'release',
    person: 'rita',
    told: 'A cancellation needs a reason: say why it will not go live.',
    request: (ctx) => cancelRelease({ ctx, input: { releaseKey, reason: ' ' } }),
  },
  {
    call: 'pauseRelease',
    chain: 'release',
    person: 'rita',
    told: 'A pause needs a reason: say what it waits for.',
    request: (ctx) => pauseRelease({ ctx, input: { releaseKey, reason: ' ', until: null } }),
  },
  {
    call: 'editDraft',
    chain: 'release',
    person: 'rita',
    told: 'A message needs a text.',
    request: (ctx) => editDraft({ ctx, input: { ...draft, text: { title: 'News', body: ' ' } } }),
  },
  {
    call: 'holdDraft',
    chain: 'release',
    person: 'rita',
    told: 'A hold needs a reason: say what has to happen first.',
    request: (ctx) => holdDraft({ ctx, input: { ...draft, reason: ' ' } }),
  },
  {
    call: 'waiveGate',
    chain: 'release',
    person: 'rita',
    told: 'Say why it is waived: the reason stays with the decision.',
    request: (ctx) => waiveGate({ ctx, input: { releaseKey, gate: 'sast', reason: ' ', until: 1 } }),
  },
  {
    call: 'recordResults',
    chain: 'release',
    person: 'quinn',
    told: 'Evidence is a link such as https://ci.example.com/runs/42.',
    request: (ctx) => recordResults({ ctx, input: { ...resultOf('sast', true), evidence: 'the wiki' } }),
  },
  {
    call: 'markTaskNotApplicable',
    chain: 'release',
    person: 'quinn',
    told: 'Say why it is not applicable: the reason stays with the task.',
    request: (ctx) => markTaskNotApplicable({ ctx, input: { taskId, reason: ' ' } }),
  },
  {
    call: 'rescheduleRelease',
    chain: 'release',
    person: 'rita',
    told: 'A new date needs a reason: everyone who was told the old one sees it.',
    request: (ctx) => {
      const chosen = { date: '2030-06-25', time: '10:00', from: Date.parse(goLive) };
      return rescheduleRelease({ ctx, input: { releaseKey, ...chosen, reason: ' ' } });
    },
  },
  {
    call: 'createRelease',
    chain: 'workspace',
    person: 'rita',
    told: 'plan.summary is blank.',
    request: (ctx) => createRelease({ ctx, input: { plan: { ...world.plan, summary: '' } } }),
  },
  {
    call: 'keepDraft',
    chain: 'workspace',
    person: 'rita',
    told: 'draftId is not valid.',
    request: (ctx) => keepDraft({ ctx, input: { draftId: 'not-an-id', begins: true, values: {} } }),
  },
];

describe('an input that is not valid', () => {
  const tryAs = async (person: PersonName, { chain, request }: TriedRequest) => {
    const id = chain === 'release' ? releaseId : 'workspace';
    const before = { tables: await hashTables(world), events: await auditOf(world, id) };
    const result = await request(world.as(person));
    expect(changedTables(before.tables, await hashTables(world))).toEqual(['audit_events', 'audit_heads']);
    const after = await auditOf(world, id);
    expect(after.slice(0, -1)).toEqual(before.events);
    return { result, event: after.at(-1) };
  };

  it.each(invalid)('is not what someone is told who may not $call', async (tried) => {
    const { result, event } = await tryAs('nina', tried);
    expect(result).toMatchObject({ ok: false, refusal: { code: 'not-permitted', who: expect.any(String) } });
    expect(event).toMatchObject({
      action: 'request.refused',
      actor: 'slack:U0NINA',
      details: { code: 'not-permitted' },
    });
  });

  it.each(invalid)('is told to someone who may $call, and recorded too', async (tried) => {
    const { result, event } = await tryAs(tried.person, tried);
    const message = expect.stringContaining(tried.told);
    expect(result).toMatchObject({ ok: false, refusal: { code: 'invalid', message } });
    expect(event).toMatchObject({ action: 'request.refused', details: { code: 'invalid', message } });
  });

  it.each(invalid)(
    'of $call is recorded once when the action comes twice',
    async ({ call, person, request }) => {
      const ctx = world.as(person, `invalid-${call}`);
      const first = await request(ctx);
      const before = await hashTables(world);
      expect(await request(ctx)).toEqual(first);
      expect(changedTables(before, await hashTables(world))).toEqual([]);
    },
  );

  it.each([
    ['a poll', (ctx: Ctx) => closePoll({ ctx, input: { pollId: 'not-an-id' } })],
    ['a vote', (ctx: Ctx) => castVote({ ctx, input: { pollId: 'not-an-id', choice: 'go', reason: null } })],
  ])('is recorded where it names nothing: %s', async (_, request) => {
    const { event } = await tryAs('nina', { call: '', chain: 'workspace', request });
    expect(event).toMatchObject({
      action: 'request.refused',
      actor: 'slack:U0NINA',
      details: { code: 'invalid', message: 'There is no such poll.' },
    });
  });
});

describe('the list above', () => {
  it('has every function that runs a verb', () => {
    expect(requests.map(({ call }) => call).sort()).toEqual(functionsThatRunVerbs().sort());
  });
});

/** The functions in whose body `runVerb(` is called, wherever they are. */
function functionsThatRunVerbs(): string[] {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => {
      const source = readFileSync(path.join('src', file), 'utf8');
      const functions = source.split(/^(?=export |async function |function )/m);
      const running = functions.filter((part) => part.includes('runVerb('));
      return running.map((part) => /function (\w+)/.exec(part)?.[1] ?? `${file}: not in a function`);
    });
}
