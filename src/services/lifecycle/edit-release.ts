import { eq } from 'drizzle-orm';
import * as z from 'zod';
import { command } from '../../core/card/card.ts';
import { type Line, line } from '../../core/card/line.ts';
import { type FactChanges, factsOf, staleFacts } from '../../core/facts/facts.ts';
import { newValues } from '../../core/messages/describe-facts.ts';
import {
  describeConsequences,
  type EditConsequences,
  editedMessage,
} from '../../core/messages/edited-message.ts';
import { comparePlans, isSame, type PlanPart, partTitles } from '../../core/plan/compare-plans.ts';
import { type Plan, planSchema } from '../../core/plan/plan.ts';
import { planDigest } from '../../core/plan/plan-digest.ts';
import { planWarnings } from '../../core/plan-file/plan-warnings.ts';
import { mayEdit, mayEditChannels, releaseStateTitles } from '../../core/release/release-state.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { lockRelease } from '../../db/queries/lock-release.ts';
import { loadRoleHolders } from '../../db/queries/role-holders.ts';
import { releaseDestinations, releasePeople, releases } from '../../db/schema/release.ts';
import { listWords } from '../../lib/list-words.ts';
import { updateDrafts } from '../approval/update-drafts.ts';
import { moveCards } from '../card/move-cards.ts';
import { correctFacts } from '../corrections/correct-facts.ts';
import { oldNewsOfCustomers } from '../corrections/left-to-people.ts';
import { askAfterChange } from '../go-no-go/open-poll.ts';
import { refreshIntro } from '../go-no-go/refresh-intro.ts';
import { reopenPoll } from '../go-no-go/reopen-poll.ts';
import { invalidateHomesOfFormer } from '../home/invalidate-homes.ts';
import { askPlatform } from '../kernel/ask-platform.ts';
import type { Ctx } from '../kernel/context.ts';
import { deliver } from '../kernel/effects.ts';
import { loadForRequest } from '../kernel/load-for-request.ts';
import { actorName } from '../kernel/permissions.ts';
import { refuseFrozenGoLive } from '../kernel/refuse-frozen.ts';
import { done, type Refusal, type Result, refuse } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { storable } from '../kernel/storable.ts';
import { runVerb } from '../kernel/verb.ts';
import { reachable } from '../kernel/who-may.ts';
import { openBallots } from '../people/record-unreachable.ts';
import type { DifferingNames } from '../release/check-names.ts';
import { type CheckedPlan, checkPlanned } from '../release/check-planned.ts';
import { destinationsFor } from '../release/destinations-for.ts';
import { isReleaseCreator } from '../release/find-creator.ts';
import { insertPeople } from '../release/insert-release.ts';
import { lookUpPlan, type PlanDirectory } from '../release/look-up-plan.ts';
import { moveRelease } from '../release/move-release.ts';
import { updateTasks } from '../tasks/update-tasks.ts';
import { refuseLateEdit } from './refuse-late-edit.ts';
import { updateSchedule } from './update-schedule.ts';

const inputSchema = z.object({
  plan: planSchema,
  differingNames: z.enum(['refuse', 'use-account']).default('refuse'),
  /** The digest of the plan that was changed; without it, the new plan takes the place of any. */
  basedOn: z.string().optional(),
});
type Input = z.infer<typeof inputSchema>;

export interface EditedRelease {
  releaseKey: string;
  /** What has changed, in words. */
  changed: string[];
  /** What that does to votes and decisions, in sentences. */
  consequences: Line[];
  /** What is odd about the times of the new plan, in whole sentences. */
  warnings: string[];
}

/**
 * Changes a planned release: the plan with its key takes the place of the one before. What was sent stays, what is to
 * come follows the new plan, and a decision that was taken for something else is asked for again. Go-live can't be
 * moved by it. While the rollout is under way, only channels can be changed. With `basedOn`, a plan that has been changed meanwhile is left as it is.
 */
export async function editRelease(args: {
  ctx: Ctx;
  input: { plan: Plan; differingNames?: DifferingNames; basedOn?: string };
}): Promise<Result<EditedRelease>> {
  const { ctx } = args;
  const input = storable(args.input);
  const isCreator = await isReleaseCreator(ctx);
  const asked = await askPlatform(ctx, async () => done(await lookUpPlan(ctx, input.plan)));
  const run = (scope: Scope, parsed: Input) => edit(scope, parsed, { isCreator, asked });
  return runVerb({ name: 'release.edit', input: inputSchema, run }, { ctx, input });
}

async function edit(
  scope: Scope,
  input: Input,
  { isCreator, asked }: { isCreator: boolean; asked: Result<PlanDirectory> },
): Promise<Result<EditedRelease>> {
  const loaded = await loadForRequest(scope, input.plan.release, 'release.edit', { isCreator });
  if (!loaded.ok) return loaded;
  return changePlan(scope, loaded.value, input, asked);
}

/**
 * Has a plan take the place of that of a release that is locked; whoever calls it has checked the right to that.
 * `asked`: what the platforms know of the new plan. `isApproved`: a second person has agreed to the change of the scope.
 */
export async function changePlan(
  scope: Scope,
  release: Release,
  input: Input & { isApproved?: true },
  asked: Result<PlanDirectory>,
): Promise<Result<EditedRelease>> {
  const about = { releaseId: release.id };
  if (!asked.ok) return { ok: false, refusal: { ...asked.refusal, ...about } };
  const refusal = refuseEdit(release, input);
  if (refusal) return { ok: false, refusal };
  const { plan, directory, problems } = checkPlanned(scope.ctx, input, asked.value);
  if (problems.length > 0) {
    return refuse('invalid', `${release.key} was not changed.`, { reasons: problems, ...about });
  }
  const { changed, undoesDecision } = comparePlans(release.plan, plan);
  if (changed.length === 0) return refuse('invalid', `${release.key} already has exactly this plan.`, about);
  const fixed = mayEdit(release.state)
    ? []
    : changed.filter((part) => part !== 'channels' && part !== 'links');
  if (fixed.length > 0) {
    const titles = listWords(fixed.map((part) => partTitles[part]));
    const message = `${release.key} is ${releaseStateTitles[release.state]}: only its channels and links can still be changed. This plan also changes ${titles}, so nothing was saved.`;
    return refuse('wrong-state', message, about);
  }
  const late = input.isApproved ? null : refuseLateEdit(release, plan, scope.now);
  if (late) return { ok: false, refusal: late };
  const frozen = await refuseMoreFrozen(scope, release, { plan, changed });
  if (frozen) return { ok: false, refusal: frozen };
  await writePlan(scope, release, { plan, directory });
  const details = changed.map((part) => ({
    part,
    from: JSON.stringify(release.plan[part] ?? null),
    to: JSON.stringify(plan[part] ?? null),
  }));
  scope.audit({
    action: 'release.edited',
    releaseId: release.id,
    details: {
      changes: details,
      planDigest: planDigest(plan),
      people: await loadRoleHolders(scope.tx, release.id),
    },
  });
  const goTakenBack = undoesDecision && (await moveRelease(scope, release, 'withdrawApproval'));
  const after = await lockRelease(scope.tx, { id: release.id });
  if (!after) throw new Error(`release ${release.key} is gone`);
  await updateSchedule(scope, after);
  const named = changed.map((part) => partTitles[part]);
  const votesCleared = undoesDecision ? await reopenPoll(scope, after, { changed: named }) : null;
  const asksAgain = undoesDecision && votesCleared === null && (await askAfterChange(scope, after));
  await openBallots(scope, after);
  await refreshIntro(scope, after);
  await updateDrafts(scope, after);
  await updateTasks(scope, after);
  await moveCards(scope, after);
  await invalidateHomesOfFormer(scope, { before: release, after });
  const undone = { goTakenBack, votesCleared, asksAgain };
  const consequences = await tellChange(scope, { release, after, changed, undone });
  return done({
    releaseKey: release.key,
    changed: named,
    consequences: describeConsequences(release.key, consequences),
    warnings: planWarnings(plan).map(({ message }) => message),
  });
}

function refuseEdit(release: Release, { plan, basedOn }: Input): Refusal | null {
  const { id: releaseId, key, state } = release;
  if (!mayEdit(state) && !mayEditChannels(state)) {
    const message = `${key} is ${releaseStateTitles[state]}: its plan can't be changed any more.`;
    return refuse('wrong-state', message, { releaseId }).refusal;
  }
  if (basedOn !== undefined && basedOn !== planDigest(release.plan)) {
    const again = command('release', `edit ${key}`);
    const message = line`The plan of ${key} has been changed since you opened the form, so nothing was saved. Start again from the current plan with ${again}.`;
    return refuse('conflict', message, { releaseId }).refusal;
  }
  if (isSame(release.plan.goLive, plan.goLive)) return null;
  const move = command('release', `reschedule ${key}`);
  const message = line`Go-live of ${key} can't be moved by changing the plan, so nothing was saved. Leave goLive unchanged, and move it with ${move}.`;
  return refuse('invalid', message, { releaseId }).refusal;
}

/** Another type, product or production channel may be one for which a freeze holds at go-live. */
async function refuseMoreFrozen(
  scope: Scope,
  release: Release,
  { plan, changed }: { plan: Plan; changed: readonly PlanPart[] },
): Promise<Refusal | null> {
  const isOther = changed.some((part) => part === 'type' || part === 'product' || part === 'production');
  if (!isOther) return null;
  const refusal = await refuseFrozenGoLive(scope, release, plan);
  // Its form has no date.
  if (refusal) delete refusal.field;
  return refusal;
}

async function writePlan(
  scope: Scope,
  release: Release,
  { plan, directory }: Pick<CheckedPlan, 'plan' | 'directory'>,
): Promise<void> {
  const { tx } = scope;
  await tx.update(releases).set({ plan }).where(eq(releases.id, release.id));
  await tx.delete(releasePeople).where(eq(releasePeople.releaseId, release.id));
  await insertPeople(scope, release.id, directory.people);
  const found = directory.destinations.map((one) => ({ releaseId: release.id, ...one }));
  for (const one of found) {
    await tx
      .insert(releaseDestinations)
      .values(one)
      .onConflictDoUpdate({
        target: [releaseDestinations.releaseId, releaseDestinations.address],
        set: { destination: one.destination },
      });
  }
}

type Undone = Omit<EditConsequences, 'oldNews'>;

/** Tells the release's channel, and whoever was told something that is no longer so. Returns all that the change has done. */
async function tellChange(
  scope: Scope,
  {
    release,
    after,
    changed,
    undone,
  }: { release: Release; after: Release; changed: PlanPart[]; undone: Undone },
): Promise<EditConsequences> {
  const by = actorName(release, scope.ctx.actor);
  const held = factsOf(release.plan);
  const correct: FactChanges = staleFacts(held, factsOf(after.plan));
  const consequences = { ...undone, oldNews: await oldNewsOfCustomers(scope, after, correct) };
  const content = editedMessage({
    releaseKey: release.key,
    changed,
    facts: { correct, held },
    consequences,
    by,
    managers: reachable(after, ['release_manager']),
  });
  const to = destinationsFor(after, 'release');
  const states = newValues(correct);
  await deliver(scope, { releaseId: release.id, to, subject: 'edited', content, states });
  await correctFacts(scope, after, { by, reason: null });
  scope.invalidateCards(release.id);
  return consequences;
}
