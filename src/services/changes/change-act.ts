import * as z from 'zod';
import { command } from '../../core/card/card.ts';
import { line } from '../../core/card/line.ts';
import { applyScopeChange, scopeChangeKinds, scopeLists } from '../../core/changes/scope-change.ts';
import { planDigest } from '../../core/plan/plan-digest.ts';
import { loadRelease } from '../../db/queries/load-release.ts';
import type { SecondPersonRequest } from '../../db/queries/requests.ts';
import { askPlatform } from '../kernel/ask-platform.ts';
import type { Ctx } from '../kernel/context.ts';
import type { ReleaseAct } from '../kernel/request-act.ts';
import { done, type Result, refuse } from '../kernel/result.ts';
import { changePlan } from '../lifecycle/edit-release.ts';
import { lookUpPlan, type PlanDirectory } from '../release/look-up-plan.ts';
import { refuseEnded } from './check-late-change.ts';
import { secondPersonChange } from './second-person-change.ts';

/** What is asked for. */
const inputSchema = z.object({ kind: z.enum(scopeChangeKinds), list: z.enum(scopeLists), entry: z.string() });

/** Who and what a plan names, and which plan it was. */
interface LookedUp extends PlanDirectory {
  digest: string;
}

/**
 * A late change: approved, the scope of the plan changes as by an edit, and so a decision that was taken is asked for
 * again.
 */
export const changeAct: ReleaseAct = {
  ...secondPersonChange,
  asks: 'change.request',
  refuseNow: (release) => {
    const ended = refuseEnded(release);
    return ended && !ended.ok ? ended.refusal : null;
  },
  prepare: (ctx, request) => askPlatform(ctx, async () => done(await lookUpChanged(ctx, request))),
  perform: async (scope, { release, request, prepared }) => {
    const asked = prepared as Result<LookedUp | null>;
    const about = { releaseId: release.id };
    if (!asked.ok) return { ok: false, refusal: { ...asked.refusal, ...about } };
    // Somebody may have got a role meanwhile, whom the look-up does not know.
    if (asked.value && asked.value.digest !== planDigest(release.plan))
      return refuse('conflict', `The plan of ${release.key} changed meanwhile. Try again.`, about);
    const plan = applyScopeChange(release.plan, inputSchema.parse(request.input));
    if (plan === null || asked.value === null) {
      const message =
        'The scope has changed since this was asked for, and this change is no longer possible.';
      return refuse('wrong-state', `${message} Refuse the request, and ask again if need be.`, about);
    }
    const found = done({ ...asked.value, plan });
    const changed = await changePlan(
      scope,
      release,
      { plan, differingNames: 'refuse', isApproved: true },
      found,
    );
    if (!changed.ok) return changed;
    const news = line`It is in the plan now: see ${command('release', `show ${release.key}`)}.`;
    return done({ answer: 'The scope has changed.', news });
  },
};

/** The people and channels of the plan, which are the same after the change. Null: there is no such release. */
async function lookUpChanged(ctx: Ctx, { releaseId }: SecondPersonRequest): Promise<LookedUp | null> {
  const release = releaseId === null ? null : await loadRelease(ctx.db, { id: releaseId });
  return release && { ...(await lookUpPlan(ctx, release.plan)), digest: planDigest(release.plan) };
}
