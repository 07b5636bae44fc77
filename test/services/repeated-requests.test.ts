import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createInteractiveClient } from '../../src/bot/slack/client/web-client.ts';
import { ctxOf } from '../../src/bot/slack/listeners/listener-context.ts';
import { latestDecision } from '../../src/db/queries/decisions.ts';
import { approveDraft } from '../../src/services/approval/approve-draft.ts';
import { editDraft } from '../../src/services/approval/edit-draft.ts';
import { holdDraft, releaseDraft } from '../../src/services/approval/hold-draft.ts';
import { openCalendar } from '../../src/services/calendar/open-calendar.ts';
import { requestChange } from '../../src/services/changes/request-change.ts';
import { replyToMessage } from '../../src/services/conversation/reply-to-message.ts';
import { settleDelivery } from '../../src/services/delivery/settle-delivery.ts';
import { addMessage } from '../../src/services/evidence/add-message.ts';
import { chooseRelease } from '../../src/services/evidence/choose-release.ts';
import { followRelease } from '../../src/services/follow/follow-release.ts';
import { addFreeze } from '../../src/services/freeze/add-freeze.ts';
import { breakFreeze } from '../../src/services/freeze/break-freeze.ts';
import { endFreeze } from '../../src/services/freeze/end-freeze.ts';
import { requestFreeze } from '../../src/services/freeze/request-freeze.ts';
import { castVote } from '../../src/services/go-no-go/cast-vote.ts';
import { checkBallot } from '../../src/services/go-no-go/check-ballot.ts';
import { closePoll } from '../../src/services/go-no-go/close-poll.ts';
import { askGoNoGo } from '../../src/services/go-no-go/open-poll.ts';
import { overrideDecision } from '../../src/services/go-no-go/override-decision.ts';
import { remindOnRequest } from '../../src/services/go-no-go/remind-on-request.ts';
import { signOff } from '../../src/services/go-no-go/sign-off.ts';
import { handOverDuties } from '../../src/services/handover/hand-over.ts';
import { openHome } from '../../src/services/home/open-home.ts';
import { postHome } from '../../src/services/home/post-home.ts';
import type { Ctx } from '../../src/services/kernel/context.ts';
import { createLateRequests } from '../../src/services/kernel/late-requests.ts';
import type { Result } from '../../src/services/kernel/result.ts';
import { cancelRelease } from '../../src/services/lifecycle/cancel-release.ts';
import { editRelease } from '../../src/services/lifecycle/edit-release.ts';
import { pauseRelease } from '../../src/services/lifecycle/pause-release.ts';
import { rescheduleRelease } from '../../src/services/lifecycle/reschedule-release.ts';
import { resumeRelease } from '../../src/services/lifecycle/resume-release.ts';
import { approveNotes } from '../../src/services/notes/approve-notes.ts';
import { beginNotes, redraftNotes } from '../../src/services/notes/draft-release-notes.ts';
import { editNotes } from '../../src/services/notes/edit-notes.ts';
import { publishNotes } from '../../src/services/notes/publish-notes.ts';
import { settleOverdue } from '../../src/services/overdue/settle-overdue.ts';
import { connectAccount } from '../../src/services/people/connect-account.ts';
import { declineAccount } from '../../src/services/people/decline-account.ts';
import { disconnectAccount } from '../../src/services/people/disconnect-account.ts';
import { preferAccount } from '../../src/services/people/prefer-account.ts';
import { lockProduct } from '../../src/services/product-lock/lock-product.ts';
import { unlockProduct } from '../../src/services/product-lock/unlock-product.ts';
import { postChecklists } from '../../src/services/readiness/post-checklists.ts';
import { recordResults } from '../../src/services/readiness/record-results.ts';
import { endWaiver, waiveGate } from '../../src/services/readiness/waive-gate.ts';
import { createRelease } from '../../src/services/release/create-release.ts';
import { keepDraft } from '../../src/services/release/keep-draft.ts';
import { keepImport } from '../../src/services/release/keep-import.ts';
import { reassignRole } from '../../src/services/release/reassign-role.ts';
import { decideOnRequest } from '../../src/services/requests/decide-request.ts';
import { abortRollout } from '../../src/services/rollout/abort-rollout.ts';
import { pauseRollout, resumeRollout } from '../../src/services/rollout/pause-rollout.ts';
import { promoteRollout } from '../../src/services/rollout/promote-rollout.ts';
import { recordDeployment } from '../../src/services/rollout/record-deployment.ts';
import { rollBackRollout } from '../../src/services/rollout/roll-back-rollout.ts';
import { subscribe, unsubscribe } from '../../src/services/subscriptions/own-subscriptions.ts';
import { markTaskDone, markTaskNotApplicable, reopenTask } from '../../src/services/tasks/settle-task.ts';
import { snoozeTask } from '../../src/services/tasks/snooze-task.ts';
import { recordingLog } from '../bot/slack/web-api-double.ts';
import {
  goLive,
  identityOf,
  idOf,
  openWorld,
  type PersonName,
  personIdOf,
  secondIdentityOf,
  type World,
  worldStart,
} from '../support/test-services.ts';
import { announcedAt, hold, planAnnounced, seen } from './approval/draft-steps.ts';
import { askForChange, lateFix } from './changes/late-change.ts';
import { writtenMessage } from './evidence/written-message.ts';
import { notesOf } from './notes/notes-steps.ts';
import { resultOf, waive } from './readiness/gate-steps.ts';
import {
  accepted,
  approvedRelease,
  openDecision,
  planRelease,
  playUntil,
  promote,
  releaseAtOnePercent,
  rolloutOf,
  voteGo,
  voters,
  wakeAt,
} from './steps.ts';
import { changedTables, hashTables } from './table-hashes.ts';
import { plannedTask } from './tasks/task-steps.ts';

/** As where an operator lets everybody have copies of what goes to support. */
function openSupport(ctx: Ctx): Ctx {
  return { ...ctx, subscriptions: { ...ctx.subscriptions, audiences: ['support'] } };
}

let world: World;
beforeEach(async () => {
  world = await openWorld(undefined, { platforms: 2 });
});
afterEach(() => world.close());

interface RepeatedRequest {
  what: string;
  person: PersonName;
  /** Prepares the world and returns the request. */
  prepare: () => Promise<(ctx: Ctx) => Promise<Result<unknown>>>;
  code?: string;
}

const releaseKey = 'web-2.4.0';
const yearEnd = {
  ...{ name: 'Year end', from: '2030-12-20 18:00', until: '2031-01-06 06:00', zone: 'Europe/Berlin' },
  ...{ products: null, production: null, except: [] },
};

const requests: RepeatedRequest[] = [
  {
    what: 'a planned release',
    person: 'rita',
    prepare: async () => (ctx) => createRelease({ ctx, input: { plan: world.plan } }),
  },
  {
    what: 'a poll that is asked for',
    person: 'rita',
    prepare: async () => {
      await planRelease(world);
      return (ctx) => askGoNoGo({ ctx, input: { releaseKey } });
    },
  },
  {
    what: 'a message added to the record',
    person: 'quinn',
    prepare: async () => {
      await planRelease(world);
      return (ctx) => addMessage({ ctx, input: writtenMessage() });
    },
  },
  {
    what: 'a message for whose record a release is chosen',
    person: 'quinn',
    prepare: async () => {
      await planRelease(world);
      await planRelease(world, { release: 'app-1.0', product: 'App', version: '1.0' });
      const noted = accepted(await addMessage({ ctx: world.as('quinn'), input: writtenMessage() }));
      const noteId = noted.kind === 'choose' ? noted.noteId : '';
      return (ctx) => chooseRelease({ ctx, input: { noteId, releaseKey } });
    },
  },
  {
    what: 'a late change that is asked for',
    person: 'quinn',
    prepare: async () => {
      await planRelease(world);
      return (ctx) => requestChange({ ctx, input: { releaseKey, ...lateFix } });
    },
  },
  {
    what: 'a late change that is approved',
    person: 'rita',
    prepare: async () => {
      await planRelease(world);
      const { requestId } = await askForChange(world);
      return (ctx) => decideOnRequest({ ctx, input: { requestId, decision: 'approve', reason: null } });
    },
  },
  {
    what: 'a late change that is refused',
    person: 'rita',
    prepare: async () => {
      await planRelease(world);
      const { requestId } = await askForChange(world);
      return (ctx) => decideOnRequest({ ctx, input: { requestId, decision: 'refuse', reason: 'Too late.' } });
    },
  },
  {
    what: 'release notes that are drafted',
    person: 'rita',
    prepare: async () => {
      await planRelease(world);
      return (ctx) => beginNotes({ ctx, input: { releaseKey } });
    },
  },
  {
    what: 'release notes that are edited',
    person: 'rita',
    prepare: async () => {
      await planRelease(world);
      const input = { ...(await notesOf(world)), title: 'News', body: 'The cart is faster.' };
      return (ctx) => editNotes({ ctx, input });
    },
  },
  {
    what: 'release notes that are drafted again',
    person: 'rita',
    prepare: async () => {
      await planRelease(world);
      const input = await notesOf(world);
      return (ctx) => redraftNotes({ ctx, input });
    },
  },
  {
    what: 'release notes that are approved',
    person: 'rita',
    prepare: async () => {
      await planRelease(world);
      const input = await notesOf(world);
      return (ctx) => approveNotes({ ctx, input });
    },
  },
  {
    what: 'release notes that are published',
    person: 'rita',
    prepare: async () => {
      await planRelease(world);
      accepted(await approveNotes({ ctx: world.as('rita'), input: await notesOf(world) }));
      const input = { ...(await notesOf(world)), audience: 'support' as const };
      return (ctx) => publishNotes({ ctx, input });
    },
  },
  {
    what: 'checklists that are posted',
    person: 'rita',
    prepare: async () => {
      await planRelease(world);
      return (ctx) => postChecklists({ ctx, input: { releaseKey, checklist: null } });
    },
  },
  {
    what: 'the result of a gate',
    person: 'quinn',
    prepare: async () => {
      await planRelease(world);
      return (ctx) => recordResults({ ctx, input: resultOf('sast', true) });
    },
  },
  {
    what: 'a waiver',
    person: 'rita',
    prepare: async () => {
      await planRelease(world);
      const until = Date.parse(worldStart) + 86_400_000;
      return (ctx) =>
        waiveGate({ ctx, input: { releaseKey, gate: 'sast', reason: 'A false alarm.', until } });
    },
  },
  {
    what: 'a waiver that is ended',
    person: 'rita',
    prepare: async () => {
      await planRelease(world);
      await waive(world, 'sast');
      return (ctx) => endWaiver({ ctx, input: { releaseKey, gate: 'sast' } });
    },
  },
  {
    what: 'a ticked task',
    person: 'quinn',
    prepare: async () => {
      const taskId = await plannedTask(world);
      return (ctx) => markTaskDone({ ctx, input: { taskId, evidence: null } });
    },
  },
  {
    what: 'a task that is not applicable',
    person: 'quinn',
    prepare: async () => {
      const taskId = await plannedTask(world);
      return (ctx) => markTaskNotApplicable({ ctx, input: { taskId, reason: 'Nothing changed there.' } });
    },
  },
  {
    what: 'a task that is opened again',
    person: 'quinn',
    prepare: async () => {
      const taskId = await plannedTask(world);
      accepted(await markTaskDone({ ctx: world.as('quinn'), input: { taskId, evidence: null } }));
      return (ctx) => reopenTask({ ctx, input: { taskId } });
    },
  },
  {
    what: 'a task that is put off',
    person: 'quinn',
    prepare: async () => {
      const taskId = await plannedTask(world);
      const until = Date.parse(worldStart) + 86_400_000;
      return (ctx) => snoozeTask({ ctx, input: { taskId, until } });
    },
  },
  {
    what: 'a part of a draft',
    person: 'rita',
    prepare: async () => {
      const input = { draftId: randomUUID(), begins: true, values: { product: 'Web shop' } };
      return (ctx) => keepDraft({ ctx, input });
    },
  },
  {
    what: 'the text of a plan from a message',
    person: 'rita',
    prepare: async () => {
      const input = { releaseKey: 'other-1.0', isChange: false, text: 'release: other-1.0' };
      return (ctx) => keepImport({ ctx, input });
    },
  },
  {
    what: 'a vote',
    person: 'quinn',
    prepare: async () => {
      await planRelease(world);
      const pollId = await openDecision(world);
      return (ctx) => castVote({ ctx, input: { pollId, choice: 'go', reason: null } });
    },
  },
  {
    what: 'a reminder',
    person: 'rita',
    prepare: async () => {
      await planRelease(world);
      const pollId = await openDecision(world);
      for (const person of voters.slice(1)) accepted(await voteGo(world, pollId, person));
      world.clock.moveTo(Date.parse(worldStart) + 3_600_000);
      return (ctx) => remindOnRequest({ ctx, input: { releaseKey } });
    },
  },
  {
    what: 'a go-live that is moved',
    person: 'rita',
    prepare: async () => {
      await approvedRelease(world);
      const chosen = { date: '2030-06-25', time: '10:00', from: Date.parse(goLive) };
      return (ctx) => rescheduleRelease({ ctx, input: { releaseKey, ...chosen, reason: 'Holidays.' } });
    },
  },
  {
    what: 'a release that is followed',
    person: 'nina',
    prepare: async () => {
      await planRelease(world);
      return (ctx) => followRelease({ ctx, input: { releaseKey } });
    },
  },
  {
    what: 'a subscription',
    person: 'nina',
    prepare: async () => {
      const input = { audience: 'support', product: null } as const;
      return (ctx) => subscribe({ ctx: openSupport(ctx), input });
    },
  },
  {
    what: 'a subscription that is ended',
    person: 'nina',
    prepare: async () => {
      const input = { audience: 'support', product: null } as const;
      accepted(await subscribe({ ctx: openSupport(world.as('nina')), input }));
      return (ctx) => unsubscribe({ ctx, input });
    },
  },
  {
    what: 'a calendar that gets a new address',
    person: 'nina',
    prepare: async () => {
      await planRelease(world);
      return (ctx) => openCalendar({ ctx, input: { renew: true } });
    },
  },
  {
    what: 'a poll that is closed',
    person: 'rita',
    prepare: async () => {
      await planRelease(world);
      const pollId = await openDecision(world);
      return (ctx) => closePoll({ ctx, input: { pollId } });
    },
  },
  {
    what: 'an override',
    person: 'rita',
    prepare: async () => {
      await planRelease(world);
      const pollId = await openDecision(world);
      const input = { releaseKey, reason: 'It can’t wait.', pollId, round: 1 };
      return (ctx) => overrideDecision({ ctx, input });
    },
  },
  {
    what: 'a sign-off',
    person: 'rita',
    prepare: async () => {
      const releaseId = await approvedRelease(world);
      const decisionId = (await latestDecision(world.services.db, releaseId))?.id ?? '';
      return (ctx) => signOff({ ctx, input: { releaseKey, typed: releaseKey, decisionId } });
    },
  },
  {
    what: 'a promotion',
    person: 'dana',
    prepare: async () => {
      await approvedRelease(world);
      world.clock.moveTo(goLive);
      return (ctx) => promoteRollout({ ctx, input: { releaseKey, target: 'next' } });
    },
  },
  {
    what: 'a promotion that is refused',
    person: 'dana',
    code: 'conditions-unmet',
    prepare: async () => {
      await releaseAtOnePercent(world);
      return (ctx) => promoteRollout({ ctx, input: { releaseKey, target: 'next' } });
    },
  },
  {
    what: 'a rollback',
    person: 'emil',
    prepare: async () => {
      await releaseAtOnePercent(world);
      return (ctx) => rollBackRollout({ ctx, input: { releaseKey, reason: 'Errors at checkout.' } });
    },
  },
  {
    what: 'a delivery that is settled',
    person: 'rita',
    prepare: async () => {
      await planRelease(world);
      const [delivery] = await world.query<{ id: string }>(
        `update deliveries set state = 'unknown', attempts = 1
          where seq = (select min(seq) from deliveries where release_id is not null) returning id`,
      );
      return (ctx) => settleDelivery({ ctx, input: { deliveryId: delivery?.id ?? '', arrived: false } });
    },
  },
  {
    what: 'an overdue message that is sent',
    person: 'rita',
    prepare: async () => {
      await planRelease(world);
      await wakeAt(world, '2030-06-06T12:00:00Z');
      const [asked] = await world.query<{ id: string }>(
        `select question_id as id from communications where state = 'overdue' limit 1`,
      );
      const input = { questionId: asked?.id ?? '', communicationId: null, send: true };
      return (ctx) => settleOverdue({ ctx, input });
    },
  },
  {
    what: 'an account that is claimed',
    person: 'quinn',
    prepare: async () => {
      await planRelease(world);
      return (ctx) => connectAccount({ ctx, input: secondIdentityOf('quinn') });
    },
  },
  {
    what: 'an account that is not theirs',
    person: 'quinn',
    prepare: async () => {
      await planRelease(world);
      return (ctx) => declineAccount({ ctx, input: secondIdentityOf('quinn') });
    },
  },
  {
    what: 'an account that is preferred',
    person: 'quinn',
    prepare: async () => (ctx) => preferAccount({ ctx, input: identityOf('quinn') }),
  },
  {
    what: 'an account that is disconnected',
    person: 'quinn',
    prepare: async () => {
      await world.query(
        `insert into identities (platform, platform_id, person_id, connected_at) values ('second', $1, $2, now())`,
        [secondIdentityOf('quinn').id, personIdOf('quinn')],
      );
      return (ctx) => disconnectAccount({ ctx, input: secondIdentityOf('quinn') });
    },
  },
  {
    what: 'a role that is reassigned',
    person: 'rita',
    prepare: async () => {
      await planRelease(world);
      const person = { identity: identityOf('nina') };
      return (ctx) => reassignRole({ ctx, input: { releaseKey, role: 'qa_lead', person } });
    },
  },
  {
    what: 'a plan that is changed',
    person: 'rita',
    prepare: async () => {
      await approvedRelease(world);
      return (ctx) => editRelease({ ctx, input: { plan: { ...world.plan, version: '2.4.1' } } });
    },
  },
  {
    what: 'a release that is cancelled',
    person: 'rita',
    prepare: async () => {
      await approvedRelease(world);
      return (ctx) => cancelRelease({ ctx, input: { releaseKey, reason: 'The supplier is gone.' } });
    },
  },
  {
    what: 'a freeze that is added',
    person: 'rita',
    prepare: async () => (ctx) => addFreeze({ ctx, input: yearEnd }),
  },
  {
    what: 'a freeze that is ended',
    person: 'rita',
    prepare: async () => {
      accepted(await addFreeze({ ctx: world.as('rita'), input: yearEnd }));
      return (ctx) => endFreeze({ ctx, input: { name: 'year END' } });
    },
  },
  {
    what: 'a release that is let through a freeze',
    person: 'emil',
    prepare: async () => {
      await planRelease(world);
      const input = { releaseKey, reason: 'The law wants it.', until: Date.parse(goLive) };
      return (ctx) => breakFreeze({ ctx, input });
    },
  },
  {
    what: 'a freeze that is asked for',
    person: 'rita',
    prepare: async () => {
      await planRelease(world);
      const input = { reason: 'Payments are down.', until: Date.parse(goLive) + 3_600_000 };
      return (ctx) => requestFreeze({ ctx, input });
    },
  },
  {
    what: 'a freeze that a second person agrees to',
    person: 'emil',
    prepare: async () => {
      await planRelease(world);
      const input = { reason: 'Payments are down.', until: Date.parse(goLive) + 3_600_000 };
      accepted(await requestFreeze({ ctx: world.as('rita'), input }));
      return (ctx) =>
        decideOnRequest({ ctx, input: { requestId: 'freeze.now', decision: 'approve', reason: null } });
    },
  },
  {
    what: 'duties that are handed over',
    person: 'quinn',
    prepare: async () => {
      await planRelease(world);
      return (ctx) => handOverDuties({ ctx, input: { person: { email: 'nina@example.com' } } });
    },
  },
  {
    what: 'a promotion that a second person approves',
    person: 'rita',
    prepare: async () => {
      world.plan.riskTolerance = 'low';
      await approvedRelease(world);
      world.clock.moveTo(goLive);
      const { awaits } = accepted(await promote(world));
      const input = { requestId: awaits?.requestId ?? '', decision: 'approve' as const, reason: null };
      return (ctx) => decideOnRequest({ ctx, input });
    },
  },
  {
    what: 'a release that is paused',
    person: 'rita',
    prepare: async () => {
      await planRelease(world);
      const input = {
        releaseKey,
        reason: 'The supplier is late.',
        until: Date.parse('2030-06-05T08:00:00Z'),
      };
      return (ctx) => pauseRelease({ ctx, input });
    },
  },
  {
    what: 'a release that is resumed',
    person: 'rita',
    prepare: async () => {
      await planRelease(world);
      const input = { releaseKey, reason: 'The supplier is late.', until: null };
      accepted(await pauseRelease({ ctx: world.as('rita'), input }));
      return (ctx) => resumeRelease({ ctx, input: { releaseKey } });
    },
  },
  {
    what: 'a deployment that is recorded',
    person: 'dana',
    prepare: async () => {
      await approvedRelease(world);
      const input = { releaseKey, toPercent: 50, note: null };
      return (ctx) => recordDeployment({ ctx: { ...ctx, driver: () => undefined }, input });
    },
  },
  {
    what: 'a pause of a rollout',
    person: 'dana',
    prepare: async () => {
      await releaseAtOnePercent(world);
      return (ctx) => pauseRollout({ ctx, input: { releaseKey, reason: 'The vendor is down.' } });
    },
  },
  {
    what: 'a resumption of a rollout',
    person: 'dana',
    prepare: async () => {
      await releaseAtOnePercent(world);
      const input = { releaseKey, reason: 'The vendor is down.' };
      accepted(await pauseRollout({ ctx: world.as('rita'), input }));
      return (ctx) => resumeRollout({ ctx, input: { releaseKey } });
    },
  },
  {
    what: 'an abort of a rollout',
    person: 'dana',
    prepare: async () => {
      await releaseAtOnePercent(world);
      return (ctx) => abortRollout({ ctx, input: { releaseKey, reason: 'Wrong flag.' } });
    },
  },
  {
    what: 'a lock of a product',
    person: 'dana',
    prepare: async () => {
      await approvedRelease(world);
      const input = { releaseKey, reason: 'Fix the checkout first.', ownerId: personIdOf('emil') };
      return (ctx) => lockProduct({ ctx, input });
    },
  },
  {
    what: 'an end of a lock',
    person: 'dana',
    prepare: async () => {
      await approvedRelease(world);
      const input = { releaseKey, reason: 'Fix the checkout first.', ownerId: personIdOf('emil') };
      accepted(await lockProduct({ ctx: world.as('rita'), input }));
      return (ctx) => unlockProduct({ ctx, input: { releaseKey } });
    },
  },
  {
    what: 'an approval of what customers read',
    person: 'priya',
    prepare: async () => {
      const input = await seen(world, await planAnnounced(world));
      return (ctx) => approveDraft({ ctx, input });
    },
  },
  {
    what: 'an approval that comes late, and sends',
    person: 'priya',
    prepare: async () => {
      const releaseId = await planAnnounced(world);
      await playUntil(world, announcedAt);
      const input = await seen(world, releaseId);
      return (ctx) => approveDraft({ ctx, input });
    },
  },
  {
    what: 'a text that is written for customers',
    person: 'priya',
    prepare: async () => {
      const input = await seen(world, await planAnnounced(world));
      return (ctx) => editDraft({ ctx, input: { ...input, text: { title: 'News', body: 'Hello.' } } });
    },
  },
  {
    what: 'a hold of what customers read',
    person: 'priya',
    prepare: async () => {
      const input = await seen(world, await planAnnounced(world));
      return (ctx) => holdDraft({ ctx, input: { ...input, reason: 'Not yet.' } });
    },
  },
  {
    what: 'the end of a hold',
    person: 'priya',
    prepare: async () => {
      const releaseId = await planAnnounced(world);
      accepted(await hold(world, releaseId, 'Not yet.'));
      const input = await seen(world, releaseId);
      return (ctx) => releaseDraft({ ctx, input });
    },
  },
  {
    what: 'a home that is opened',
    person: 'rita',
    prepare: async () => (ctx) => openHome({ ctx, input: { identity: identityOf('rita') } }),
  },
  {
    what: 'a home that is posted',
    person: 'rita',
    prepare: async () => (ctx) => postHome({ ctx, input: { identity: identityOf('rita') } }),
  },
  {
    what: 'a message that is answered',
    person: 'rita',
    prepare: async () => (ctx) => {
      const destination = { channel: 'slack', kind: 'person' as const, id: idOf('rita') };
      const content = { summary: 'Hello.', blocks: [] };
      return replyToMessage({ ctx, input: { destination, replyTo: null, content } });
    },
  },
];

/** Every audit event as its chain, action and subject, which one request never writes twice. */
const events = async () => {
  const rows = await world.query<{ event: string }>(
    `select concat_ws(' ', chain, body::jsonb ->> 'action', body::jsonb ->> 'subject', body::jsonb #>> '{details,transition}') as event
     from audit_events order by chain, seq`,
  );
  return rows.map((row) => row.event);
};

describe('the same request, delivered twice', () => {
  it.each(requests)(
    '$what: the second changes nothing and gets the first answer',
    async ({ person, prepare, code }) => {
      const request = await prepare();
      const first = await request(world.as(person, 'click-1'));
      if (code === undefined) expect(first.ok).toBe(true);
      else expect(first).toMatchObject({ refusal: { code } });
      const before = await hashTables(world);
      world.workItems.length = 0;
      // The world has moved on: what the request is told now would be another answer.
      world.clock.moveBy(60_000);
      expect(await request(world.as(person, 'click-1'))).toEqual(first);
      expect(changedTables(before, await hashTables(world))).toEqual([]);
      expect(world.workItems).toEqual([]);
    },
  );

  it.each(requests)('$what: at the same moment, all get one answer', async ({ person, prepare }) => {
    const request = await prepare();
    const before = await events();
    const answers = await Promise.all(Array.from({ length: 4 }, () => request(world.as(person, 'click-1'))));
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    const key = new RegExp(`^slack:${identityOf(person).id} [a-z-]+\\.[a-z-]+ click-1$`);
    expect(await world.query('select key from inbox')).toEqual([{ key: expect.stringMatching(key) }]);
    const written = (await events()).slice(before.length);
    expect(written).toHaveLength(new Set(written).size);
  });

  it('acts again under another key', async () => {
    await planRelease(world);
    const pollId = await openDecision(world);
    const input = { pollId, choice: 'go' as const, reason: null };
    const first = await castVote({ ctx: world.as('quinn', 'click-1'), input });
    const second = await castVote({ ctx: world.as('quinn', 'click-2'), input });
    expect(first).toMatchObject({ value: { changed: false } });
    expect(second).toMatchObject({ value: { changed: true } });
  });

  it('does not repeat a promotion after it has ended', async () => {
    const releaseId = await approvedRelease(world);
    world.clock.moveTo(goLive);
    const ctx = world.as('dana', 'click-1');
    const first = await promoteRollout({ ctx, input: { releaseKey, target: 'next' } });
    await world.query(`update operations set state = 'failed', finished_at = now()`);
    expect(await promoteRollout({ ctx, input: { releaseKey, target: 'next' } })).toEqual(first);
    expect((await rolloutOf(world, releaseId)).operations).toHaveLength(1);
  });
});

describe('requests that only look the same', () => {
  const go = { choice: 'go' as const, reason: null };
  let pollId: string;
  beforeEach(async () => {
    await planRelease(world);
    pollId = await openDecision(world);
  });
  const voters = () => world.query('select role from votes order by role');

  it('takes the votes of two people who have one trigger', async () => {
    for (const person of ['quinn', 'dana'] as const) {
      const vote = await castVote({ ctx: world.as(person, 'click-1'), input: { pollId, ...go } });
      expect(vote).toMatchObject({ ok: true, value: { changed: false } });
    }
    expect(await voters()).toEqual([{ role: 'devops_lead' }, { role: 'qa_lead' }]);
  });

  it('does what two verbs are asked for with one trigger', async () => {
    const ctx = world.as('quinn', 'click-1');
    expect(await checkBallot({ ctx, input: { pollId } })).toMatchObject({ ok: true });
    expect(await castVote({ ctx, input: { pollId, ...go } })).toMatchObject({
      value: { choice: 'go', roles: ['qa_lead'] },
    });
    expect(await promoteRollout({ ctx, input: { releaseKey, target: 'next' } })).toMatchObject({
      refusal: { code: 'not-permitted' },
    });
    expect(await voters()).toEqual([{ role: 'qa_lead' }]);
  });

  it.each([undefined, ''])('takes two acts whose trigger is %j for two', async (requestId) => {
    const context = {
      services: { ...world.services, newId: randomUUID },
      teamId: 'T1',
      commandNames: {},
      lateRequests: createLateRequests(world.services),
      interactive: createInteractiveClient({ token: 'xoxb-tests', log: recordingLog() }),
    };
    const vote = async (person: PersonName, choice: 'go' | 'no_go') => {
      const { id: userId } = identityOf(person);
      const ctx = await ctxOf(context, { userId, userName: person, teamId: 'T1', requestId });
      return castVote({ ctx, input: { pollId, choice, reason: 'Not tested.' } });
    };
    expect(await vote('quinn', 'go')).toMatchObject({ value: { choice: 'go', changed: false } });
    expect(await vote('quinn', 'no_go')).toMatchObject({ value: { choice: 'no_go', changed: true } });
    expect(await vote('dana', 'go')).toMatchObject({ value: { roles: ['devops_lead'], changed: false } });
  });

  it('throws what went wrong when the answer that is stored is none', async () => {
    const ctx = world.as('quinn', 'click-1');
    await castVote({ ctx, input: { pollId, ...go } });
    await world.query(`update inbox set answer = '{"toPercent": 5}'`);
    await expect(castVote({ ctx, input: { pollId, ...go } })).rejects.toThrow();
  });
});
