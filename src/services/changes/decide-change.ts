import { and, eq } from 'drizzle-orm';
import * as z from 'zod';
import { applyScopeChange } from '../../core/changes/scope-change.ts';
import { changeDecidedMessage } from '../../core/messages/change-message.ts';
import { planDigest } from '../../core/plan/plan-digest.ts';
import { findChangeRequest } from '../../db/queries/changes.ts';
import { loadRelease } from '../../db/queries/load-release.ts';
import { changeRequests } from '../../db/schema/changes.ts';
import { askPlatform } from '../kernel/ask-platform.ts';
import { ConflictError } from '../kernel/conflict-error.ts';
import type { Ctx } from '../kernel/context.ts';
import { deliver } from '../kernel/effects.ts';
import { actorName } from '../kernel/permissions.ts';
import { directMessageTo } from '../kernel/person-destination.ts';
import { reasonSchema } from '../kernel/reason-schema.ts';
import { done, type Result, refuse } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';
import { changePlan } from '../lifecycle/edit-release.ts';
import { lookUpPlan, type PlanDirectory } from '../release/look-up-plan.ts';
import {
  type CheckedChange,
  changeInput,
  describeChecked,
  type LoadedChange,
  loadForDecision,
  rightToDecide,
} from './load-change.ts';

type Input = z.infer<typeof changeInput>;
const refuseInput = changeInput.extend({
  reason: reasonSchema('Say why it is refused: whoever asked for it gets to know.'),
});

/**
 * Approves a late change: the scope of the plan changes as by an edit, and so a decision that was taken is asked for
 * again.
 */
export async function approveChange({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: Input;
}): Promise<Result<CheckedChange>> {
  const asked = await askPlatform(ctx, async () => done(await lookUpChanged(ctx, input)));
  const run = (scope: Scope, { requestId }: Input) => approve(scope, requestId, asked);
  return runVerb({ name: 'change.approve', input: changeInput, run }, { ctx, input });
}

/** Refuses a late change, with the reason. */
export function refuseChange(args: {
  ctx: Ctx;
  input: z.input<typeof refuseInput>;
}): Promise<Result<CheckedChange>> {
  const run = async (scope: Scope, { requestId, reason }: z.infer<typeof refuseInput>) => {
    const loaded = await loadForDecision(scope, requestId);
    return loaded.ok ? close(scope, loaded.value, { state: 'refused', reason }) : loaded;
  };
  return runVerb({ name: 'change.refuse', input: refuseInput, run, checkRight: rightToDecide }, args);
}

/** Who and what a plan names, and which plan it was. */
interface LookedUp extends PlanDirectory {
  digest: string;
}

/** The people and channels of the plan, which are the same after the change. Null: there is no such request. */
async function lookUpChanged(ctx: Ctx, { requestId }: Input): Promise<LookedUp | null> {
  const isId = z.uuid().safeParse(requestId).success;
  const request = isId ? await findChangeRequest(ctx.db, requestId) : null;
  const release = request && (await loadRelease(ctx.db, { id: request.releaseId }));
  return release && { ...(await lookUpPlan(ctx, release.plan)), digest: planDigest(release.plan) };
}

async function approve(
  scope: Scope,
  requestId: string,
  asked: Result<LookedUp | null>,
): Promise<Result<CheckedChange>> {
  const loaded = await loadForDecision(scope, requestId);
  if (!loaded.ok) return loaded;
  const { release, request } = loaded.value;
  const about = { releaseId: release.id };
  if (!asked.ok) return { ok: false, refusal: { ...asked.refusal, ...about } };
  // Somebody may have got a role meanwhile, whom the look-up does not know.
  if (asked.value && asked.value.digest !== planDigest(release.plan))
    return refuse('conflict', `The plan of ${release.key} changed meanwhile. Try again.`, about);
  const plan = applyScopeChange(release.plan, request);
  if (plan === null || asked.value === null) {
    const message = 'The scope has changed since this was asked for, and this change is no longer possible.';
    return refuse('wrong-state', `${message} Refuse the request, and ask again if need be.`, about);
  }
  const found = done({ ...asked.value, plan });
  const changed = await changePlan(
    scope,
    release,
    { plan, differingNames: 'refuse', isApproved: true },
    found,
  );
  return changed.ok ? close(scope, loaded.value, { state: 'approved', reason: null }) : changed;
}

async function close(
  scope: Scope,
  loaded: LoadedChange,
  { state, reason }: { state: 'approved' | 'refused'; reason: string | null },
): Promise<Result<CheckedChange>> {
  const { release, request } = loaded;
  const by = actorName(release, scope.ctx.actor);
  const written = await scope.tx
    .update(changeRequests)
    .set({ state, decidedByName: by, decidedAt: new Date(scope.now), refusal: reason })
    .where(and(eq(changeRequests.id, request.id), eq(changeRequests.state, 'open')))
    .returning({ id: changeRequests.id });
  if (written.length !== 1) throw new ConflictError('the request has been decided');
  const details = { by, ...(reason === null ? {} : { reason }) };
  scope.audit({ action: `change.${state}`, releaseId: release.id, subject: request.id, details });
  await tellRequester(scope, loaded, { state, reason, by });
  scope.invalidateCards(release.id);
  return done(describeChecked(loaded));
}

async function tellRequester(
  scope: Scope,
  loaded: LoadedChange,
  outcome: { state: 'approved' | 'refused'; reason: string | null; by: string },
): Promise<void> {
  const { release, request } = loaded;
  const requester = release.people.find(({ personId }) => personId === request.requestedById);
  if (!requester) return;
  const content = changeDecidedMessage({ ...describeChecked(loaded), ...outcome });
  const to = directMessageTo(requester, { release });
  await deliver(scope, { releaseId: release.id, to, subject: 'change-decided', content });
}
