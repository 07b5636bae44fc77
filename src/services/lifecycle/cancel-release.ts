import { and, eq, isNotNull, or } from 'drizzle-orm';
import * as z from 'zod';
import { command } from '../../core/card/card.ts';
import { line } from '../../core/card/line.ts';
import { cancelledMessage } from '../../core/messages/cancelled-message.ts';
import { releaseStateTitles } from '../../core/release/release-state.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { deliveries } from '../../db/schema/outbox.ts';
import { sendOnEvent, withholdPlanned } from '../communication/send-communication.ts';
import { correctionSubject } from '../corrections/correction-subject.ts';
import { placesNotified } from '../delivery/places-notified.ts';
import { closeOpenPoll } from '../go-no-go/close-open-poll.ts';
import type { Ctx } from '../kernel/context.ts';
import { deliver } from '../kernel/effects.ts';
import { cancelAllTimers } from '../kernel/hold-timers.ts';
import { lapseOpenRequests } from '../kernel/lapse-request.ts';
import { loadForRequest, rightTo } from '../kernel/load-for-request.ts';
import { actorName } from '../kernel/permissions.ts';
import { reasonSchema } from '../kernel/reason-schema.ts';
import { done, type Result, refuse } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';
import { isReleaseCreator } from '../release/find-creator.ts';
import { moveRelease } from '../release/move-release.ts';

const inputSchema = z.object({
  releaseKey: z.string().nullable(),
  reason: reasonSchema('A cancellation needs a reason: say why it will not go live.'),
});
type Input = z.infer<typeof inputSchema>;

export interface CancelledRelease {
  releaseKey: string;
  /** In how many places it is announced. */
  places: number;
}

const note = 'Not sent: the release was cancelled.';

/**
 * Ends a release before anything was rolled out: what is to come is withheld, an open poll is closed without a
 * decision, and everywhere something was announced the cancellation is, once: to the teams with its reason, to
 * customers by the schedule's own items.
 */
export async function cancelRelease({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: Input;
}): Promise<Result<CancelledRelease>> {
  const isCreator = await isReleaseCreator(ctx);
  const run = (scope: Scope, parsed: Input) => cancel(scope, parsed, isCreator);
  const checkRight = rightTo('release.cancel', { isCreator });
  return runVerb({ name: 'release.cancel', input: inputSchema, run, checkRight }, { ctx, input });
}

async function cancel(
  scope: Scope,
  { releaseKey, reason }: Input,
  isCreator: boolean,
): Promise<Result<CancelledRelease>> {
  const loaded = await loadForRequest(scope, releaseKey, 'release.cancel', { isCreator });
  if (!loaded.ok) return loaded;
  const release = loaded.value;
  const about = { releaseId: release.id };
  if (release.state === 'in_progress') {
    const instead = scope.ctx.driver(release.plan.rollout.driver)
      ? line`Roll it back with ${command('rollback', release.key)}.`
      : line`Roll it back with your own pipeline, then record it with ${command('release', `record ${release.key} rolled back`)}.`;
    return refuse('wrong-state', line`The rollout of ${release.key} has begun. ${instead}`, about);
  }
  if (!(await moveRelease(scope, release, 'cancel'))) {
    return refuse('wrong-state', `${release.key} is already ${releaseStateTitles[release.state]}.`, about);
  }
  scope.audit({ action: 'release.cancelled', releaseId: release.id, details: { reason } });
  await closeOpenPoll(scope, release);
  await lapseOpenRequests(scope, release);
  await cancelAllTimers(scope, release.id);
  await withholdUnsent(scope, release);
  await sendOnEvent(scope, release, 'cancelled');
  await withholdPlanned(scope, release, { reason: note });
  const to = await placesNotified(scope, release);
  const content = cancelledMessage({
    releaseKey: release.key,
    goLiveAt: release.goLiveAt,
    zone: release.plan.goLive.zone,
    by: actorName(release, scope.ctx.actor),
    reason,
  });
  await deliver(scope, { releaseId: release.id, to, subject: 'cancelled', content });
  scope.invalidateCards(release.id);
  return done({ releaseKey: release.key, places: to.length });
}

/** What waits in the outbox for a place that can't be posted in would be false by the time it can. */
async function withholdUnsent({ tx }: Scope, release: Release): Promise<void> {
  const { releaseId, communicationId, state, subject } = deliveries;
  const isDue = or(isNotNull(communicationId), eq(subject, correctionSubject));
  await tx
    .update(deliveries)
    .set({ state: 'failed', error: note })
    .where(and(eq(releaseId, release.id), isDue, eq(state, 'pending')));
}
