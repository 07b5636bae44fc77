import { comparePlans, partTitles } from '../../core/plan/compare-plans.ts';
import { type Plan, planSchema } from '../../core/plan/plan.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { findDraft } from '../../db/queries/release-drafts.ts';
import { releaseDrafts } from '../../db/schema/release-drafts.ts';
import type { Ctx } from '../kernel/context.ts';
import { done, type Result, refuse } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import type { DifferingNames } from '../release/check-names.ts';

/** A whole plan that is to take the place of a release's, with another go-live. */
export interface NewPlan {
  plan: Plan;
  differingNames: DifferingNames;
}

/** What of a release changes besides its go-live, in words. */
export function changesBesides(release: Release, plan: Plan): string[] {
  return comparePlans(release.plan, plan).changed.map((part) => partTitles[part]);
}

/**
 * Keeps a plan until whoever brought it has confirmed what it does: a form carries too little. It is theirs alone, for a
 * day. Returns its id.
 */
export async function keepNewPlan({ ctx, tx }: Scope, release: Release, { plan, differingNames }: NewPlan) {
  const { actor, clock } = ctx;
  if (actor.kind !== 'person') throw new Error('only people confirm');
  const id = ctx.newId();
  const values = { importedPlan: JSON.stringify(plan), differingNames };
  const keptAt = new Date(clock.wall());
  await tx
    .insert(releaseDrafts)
    .values({ id, personId: actor.personId, values, keptAt, plannedAs: release.key });
  return id;
}

/** The plan that the actor brought, or why it is not there any more. */
export async function loadNewPlan({ db, actor, clock }: Ctx, id: string): Promise<Result<NewPlan>> {
  const draft = await findDraft(db, { id, wall: clock.wall() });
  const isTheirs = draft && actor.kind === 'person' && draft.personId === actor.personId;
  const written = isTheirs ? draft.values.importedPlan : null;
  if (!isTheirs || !written) {
    return refuse(
      'not-found',
      'The plan was kept for a day and is gone, so nothing was changed. Import it again.',
    );
  }
  const { differingNames } = draft.values;
  return done({
    plan: planSchema.parse(JSON.parse(written)),
    differingNames: differingNames === 'use-account' ? 'use-account' : 'refuse',
  });
}
