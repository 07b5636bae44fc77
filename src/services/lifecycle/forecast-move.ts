import * as z from 'zod';
import { type Plan, planSchema } from '../../core/plan/plan.ts';
import type { Ctx } from '../kernel/context.ts';
import { loadForRequest, rightTo } from '../kernel/load-for-request.ts';
import { done, type Result } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';
import { isReleaseCreator } from '../release/find-creator.ts';
import { checkChosen, loadMovable } from './check-move.ts';
import { type ForeseenMove, foreseeMove } from './foresee-move.ts';
import { changesBesides, keepNewPlan, type NewPlan } from './new-plan.ts';

const newPlanSchema = z.object({
  plan: planSchema,
  differingNames: z.enum(['refuse', 'use-account']),
});

const inputSchema = z.object({
  releaseKey: z.string().nullable(),
  /** Of the release's zone: `YYYY-MM-DD` and `HH:MM`; null: as it is. */
  date: z.string().nullable(),
  time: z.string().nullable(),
  /** The go-live that the person saw when they chose another, epoch ms; null: they saw none. */
  from: z.number().nullable(),
  /** The plan that takes the place of the release's with its move; left out: only go-live changes. */
  newPlan: newPlanSchema.optional(),
});
type Input = z.infer<typeof inputSchema>;

export interface MoveForecast {
  releaseKey: string;
  /** The plan with the new go-live. */
  plan: Plan;
  foreseen: ForeseenMove;
  /** What else changes, with the id of the plan that is kept until it is confirmed; null: nothing else. */
  edit: { changed: string[]; planId: string } | null;
}

/** What moving a release's go-live would do, asked before anything changes; or why it can't be moved so. */
export async function forecastMove({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: Omit<Input, 'newPlan'> & { newPlan?: NewPlan };
}): Promise<Result<MoveForecast>> {
  const isCreator = await isReleaseCreator(ctx);
  const run = async (
    scope: Scope,
    { releaseKey, date, time, from, newPlan }: Input,
  ): Promise<Result<MoveForecast>> => {
    const editable = newPlan && (await loadForRequest(scope, releaseKey, 'release.edit', { isCreator }));
    if (editable && !editable.ok) return editable;
    const loaded = await loadMovable(scope, { releaseKey, isCreator });
    if (!loaded.ok) return loaded;
    const release = loaded.value;
    const { goLive } = release.plan;
    const wanted = {
      date: date ?? goLive.date,
      time: time ?? goLive.time,
      from: from ?? release.goLiveAt,
    };
    const chosen = await checkChosen(scope, release, wanted, newPlan?.plan);
    if (!chosen.ok) return chosen;
    const { plan } = chosen.value;
    const foreseen = await foreseeMove(scope, release, plan);
    const changed = changesBesides(release, plan);
    const edit =
      newPlan && changed.length > 0 ? { changed, planId: await keepNewPlan(scope, release, newPlan) } : null;
    return done({ releaseKey: release.key, plan, foreseen, edit });
  };
  const checkRight = rightTo('release.reschedule', { isCreator });
  return runVerb({ name: 'release.forecast-move', input: inputSchema, run, checkRight }, { ctx, input });
}
