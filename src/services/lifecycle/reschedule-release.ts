import { eq } from 'drizzle-orm';
import * as z from 'zod';
import { factsOf } from '../../core/facts/facts.ts';
import { type MoveConsequences, movedMessage } from '../../core/messages/moved-message.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { planDigest } from '../../core/plan/plan-digest.ts';
import { pollInstant } from '../../core/schedule/poll-instant.ts';
import { goLiveInstant } from '../../core/schedule/resolve-schedule-time.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { lockRelease } from '../../db/queries/lock-release.ts';
import { latestPoll } from '../../db/queries/polls.ts';
import { polls } from '../../db/schema/go-no-go.ts';
import { releases } from '../../db/schema/release.ts';
import { updateDrafts } from '../approval/update-drafts.ts';
import { correctFacts } from '../corrections/correct-facts.ts';
import { deliverToFollowers } from '../follow/tell-followers.ts';
import { closeOpenPoll } from '../go-no-go/close-open-poll.ts';
import { restartEscalation } from '../go-no-go/escalate-poll.ts';
import { refreshIntro } from '../go-no-go/refresh-intro.ts';
import { isAwaitingSignOff } from '../go-no-go/sign-offs-of.ts';
import { askPlatform } from '../kernel/ask-platform.ts';
import type { Ctx } from '../kernel/context.ts';
import { cancelTimers, deliver, setTimer } from '../kernel/effects.ts';
import { loadForRequest, rightTo } from '../kernel/load-for-request.ts';
import { actorName } from '../kernel/permissions.ts';
import { reasonSchema } from '../kernel/reason-schema.ts';
import { done, type Refusal, type Result, refuse } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';
import { destinationsFor } from '../release/destinations-for.ts';
import { isReleaseCreator } from '../release/find-creator.ts';
import { lookUpPlan, type PlanDirectory } from '../release/look-up-plan.ts';
import { moveRelease } from '../release/move-release.ts';
import { updateTasks } from '../tasks/update-tasks.ts';
import { checkChosen, loadMovable } from './check-move.ts';
import { changePlan, type EditedRelease } from './edit-release.ts';
import { foreseeMove, isAnotherDay } from './foresee-move.ts';
import { loadNewPlan, type NewPlan } from './new-plan.ts';
import { planAgain, updateSchedule } from './update-schedule.ts';

const namedSchema = z.object({ releaseKey: z.string().nullable() });
const inputSchema = z.object({
  releaseKey: z.string(),
  /** Of the release's zone: `YYYY-MM-DD` and `HH:MM`. */
  date: z.string(),
  time: z.string(),
  reason: reasonSchema('A new date needs a reason: everyone who was told the old one sees it.'),
  /** The go-live that the person saw when they chose another, epoch ms. */
  from: z.number(),
  /** The digest of what they were shown that the move would do. Without it, they want no confirmation. */
  seen: z.string().optional(),
  /** Of a plan that takes the place of the release's with the move: see `keepNewPlan`. */
  planId: z.uuid().optional(),
});
type Input = z.infer<typeof inputSchema>;

export interface RescheduledRelease extends MoveConsequences {
  releaseKey: string;
  /** Epoch ms. */
  goLiveAt: number;
  zone: string;
  /** In how many places beside the release's channel it is corrected. */
  audiences: number;
  /** What else was changed; null: nothing. */
  edited: EditedRelease | null;
}

/** Whether somebody may move a release's go-live now: asked before the form for it opens. */
export async function prepareReschedule({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: z.infer<typeof namedSchema>;
}): Promise<Result<{ releaseKey: string; plan: Plan; goLiveAt: number }>> {
  const isCreator = await isReleaseCreator(ctx);
  const run = async (scope: Scope, { releaseKey }: z.infer<typeof namedSchema>) => {
    const loaded = await loadMovable(scope, { releaseKey, isCreator });
    if (!loaded.ok) return loaded;
    const { key, plan, goLiveAt } = loaded.value;
    return done({ releaseKey: key, plan, goLiveAt });
  };
  return runVerb({ name: 'release.reschedule', input: namedSchema, run }, { ctx, input });
}

/**
 * Moves a release's go-live: what was sent stays, what is to come moves with it, and everybody who was told the old
 * date is told the new one. A go stands for its day: on another day it is asked for again.
 */
export async function rescheduleRelease({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: Input;
}): Promise<Result<RescheduledRelease>> {
  const isCreator = await isReleaseCreator(ctx);
  const edit = await readEdit(ctx, input.planId);
  const run = async (scope: Scope, parsed: Input) =>
    edit.ok ? reschedule(scope, parsed, { isCreator, edit: edit.value }) : edit;
  const checkRight = rightTo('release.reschedule', { isCreator });
  return runVerb({ name: 'release.reschedule', input: inputSchema, run, checkRight }, { ctx, input });
}

/** A plan that comes with the move, and what the platforms know of it. */
type Edit = NewPlan & { asked: Result<PlanDirectory> };

async function readEdit(ctx: Ctx, planId: string | undefined): Promise<Result<Edit | null>> {
  if (planId === undefined) return done(null);
  const kept = await loadNewPlan(ctx, planId);
  if (!kept.ok) return kept;
  const asked = await askPlatform(ctx, async () => done(await lookUpPlan(ctx, kept.value.plan)));
  return done({ ...kept.value, asked });
}

async function reschedule(
  scope: Scope,
  input: Input,
  { isCreator, edit }: { isCreator: boolean; edit: Edit | null },
): Promise<Result<RescheduledRelease>> {
  const loaded = await loadMovable(scope, { releaseKey: input.releaseKey, isCreator });
  if (!loaded.ok) return loaded;
  const chosen = await checkChosen(scope, loaded.value, input, edit?.plan);
  if (!chosen.ok) return chosen;
  const outdated = await refuseOutdated(scope, loaded.value, { ...chosen.value, seen: input.seen });
  if (outdated) return { ok: false, refusal: outdated };
  if (!edit) return moveGoLive(scope, loaded.value, { ...input, plan: chosen.value.plan });
  const edited = await changeFirst(scope, loaded.value, { edit, isCreator });
  if (!edited.ok) return edited;
  const { release, outcome } = edited.value;
  const moved = await moveGoLive(scope, release, {
    ...input,
    plan: { ...release.plan, goLive: chosen.value.plan.goLive },
  });
  return moved.ok ? done({ ...moved.value, edited: outcome }) : moved;
}

/** Changes all but go-live, by the verb for that. */
async function changeFirst(
  scope: Scope,
  { key, plan: { goLive } }: Release,
  { edit, isCreator }: { edit: Edit; isCreator: boolean },
): Promise<Result<{ release: Release; outcome: EditedRelease }>> {
  const editable = await loadForRequest(scope, key, 'release.edit', { isCreator });
  if (!editable.ok) return editable;
  const { differingNames, asked } = edit;
  const found = asked.ok ? done({ ...asked.value, plan: { ...asked.value.plan, goLive } }) : asked;
  const input = { plan: { ...edit.plan, goLive }, differingNames };
  const outcome = await changePlan(scope, editable.value, input, found);
  if (!outcome.ok) return outcome;
  const release = await lockRelease(scope.tx, { key });
  if (!release) throw new Error(`release ${key} is gone`);
  return done({ release, outcome: outcome.value });
}

/** Writes the plan, which differs from the release's in its go-live alone, and all that follows from it. */
async function moveGoLive(
  scope: Scope,
  release: Release,
  { plan, reason }: { plan: Plan; reason: string },
): Promise<Result<RescheduledRelease>> {
  const { zone } = plan.goLive;
  const goLiveAt = goLiveInstant(plan);
  await scope.tx
    .update(releases)
    .set({ plan, goLiveAt: new Date(goLiveAt) })
    .where(eq(releases.id, release.id));
  const dates = { from: new Date(release.goLiveAt).toISOString(), to: new Date(goLiveAt).toISOString() };
  scope.audit({
    action: 'release.rescheduled',
    releaseId: release.id,
    details: { ...dates, reason, planDigest: planDigest(plan) },
  });
  const isOtherDay = isAnotherDay(release, goLiveAt);
  const undone = isOtherDay ? await undoDecision(scope, release) : { goTakenBack: false, pollClosed: false };
  const after = await lockRelease(scope.tx, { id: release.id });
  if (!after) throw new Error(`release ${release.key} is gone`);
  await endPollByGoLive(scope, after);
  const schedule = await updateSchedule(scope, after);
  await planAgain(scope, after, { decisions: isOtherDay });
  await refreshIntro(scope, after);
  await updateDrafts(scope, after);
  await updateTasks(scope, after);
  const asksAt = pollInstant(plan, 'decision', 'opens') ?? 0;
  const consequences = { ...undone, schedule, asksAt: asksAt > scope.now ? asksAt : null };
  const audiences = await tellMove(scope, { release, after, reason, consequences });
  return done({ releaseKey: release.key, goLiveAt, zone, audiences, edited: null, ...consequences });
}

/** Why nothing is moved by somebody who has confirmed something else than what would happen now; null: they have seen it. */
async function refuseOutdated(
  scope: Scope,
  release: Release,
  { plan, seen }: { plan: Plan; seen: string | undefined },
): Promise<Refusal | null> {
  if (seen === undefined) return null;
  const { seen: present } = await foreseeMove(scope, release, plan);
  if (seen === present) return null;
  const message = `${release.key} has changed since you were shown what the move does, so nothing was moved.`;
  return refuse('conflict', message, { releaseId: release.id }).refusal;
}

/** A go, and a go/no-go that is open, are for the day that was planned. */
async function undoDecision(scope: Scope, release: Release) {
  // One that is not signed off yet can't be any more.
  const isUnsigned = await isAwaitingSignOff(scope.tx, release);
  const goTakenBack = (await moveRelease(scope, release, 'withdrawApproval')) || isUnsigned;
  const poll = await latestPoll(scope.tx, release.id);
  const pollClosed = poll?.state === 'open' && poll.kind === 'decision';
  if (pollClosed) await closeOpenPoll(scope, release);
  return { goTakenBack, pollClosed };
}

/** No poll is open longer than until go-live. */
async function endPollByGoLive(scope: Scope, release: Release): Promise<void> {
  const poll = await latestPoll(scope.tx, release.id);
  if (poll?.state !== 'open' || poll.closesAt <= release.goLiveAt) return;
  const closesAt = release.goLiveAt;
  await scope.tx
    .update(polls)
    .set({ closesAt: new Date(closesAt) })
    .where(eq(polls.id, poll.id));
  await cancelTimers(scope, poll.id, 'poll-close');
  await setTimer(scope, { releaseId: release.id, kind: 'poll-close', subjectId: poll.id, dueAt: closesAt });
  await restartEscalation(scope, release);
}

/** Tells the release's channel with the consequences; everyone else who has the old date, by a correction. Returns in how many places that is. */
async function tellMove(
  scope: Scope,
  {
    release,
    after,
    reason,
    consequences,
  }: { release: Release; after: Release; reason: string; consequences: MoveConsequences },
): Promise<number> {
  const { plan } = after;
  const facts = {
    releaseKey: after.key,
    title: `${plan.product} ${plan.version}`,
    before: release.goLiveAt,
    after: after.goLiveAt,
    zone: plan.goLive.zone,
    by: actorName(after, scope.ctx.actor),
    reason,
  };
  await deliver(scope, {
    releaseId: after.id,
    subject: 'rescheduled',
    to: destinationsFor(after, 'release'),
    content: movedMessage({ ...facts, consequences }),
    states: factsOf(plan, ['date', 'time']),
  });
  const corrected = await correctFacts(scope, after, { by: facts.by, reason });
  await deliverToFollowers(scope, after, movedMessage(facts), { except: corrected });
  scope.invalidateCards(after.id);
  return corrected.length;
}
