import * as z from 'zod';
import type { Plan } from '../../core/plan/plan.ts';
import type { Ctx } from '../kernel/context.ts';
import { rightTo } from '../kernel/load-for-request.ts';
import { done, type Result } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';
import { isReleaseCreator } from '../release/find-creator.ts';
import { checkChosen, loadMovable } from './check-move.ts';
import { type ForeseenMove, foreseeMove } from './foresee-move.ts';

const inputSchema = z.object({
  releaseKey: z.string().nullable(),
  /** Of the release's zone: `YYYY-MM-DD` and `HH:MM`; null: as it is. */
  date: z.string().nullable(),
  time: z.string().nullable(),
  /** The go-live that the person saw when they chose another, epoch ms; null: they saw none. */
  from: z.number().nullable(),
});
type Input = z.infer<typeof inputSchema>;

export interface MoveForecast {
  releaseKey: string;
  /** The plan with the new go-live. */
  plan: Plan;
  foreseen: ForeseenMove;
}

/** What moving a release's go-live would do, asked before anything changes; or why it can't be moved so. */
export async function forecastMove({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: Input;
}): Promise<Result<MoveForecast>> {
  const isCreator = await isReleaseCreator(ctx);
  const run = async (
    scope: Scope,
    { releaseKey, date, time, from }: Input,
  ): Promise<Result<MoveForecast>> => {
    const loaded = await loadMovable(scope, { releaseKey, isCreator });
    if (!loaded.ok) return loaded;
    const release = loaded.value;
    const { goLive } = release.plan;
    const chosen = await checkChosen(scope, release, {
      date: date ?? goLive.date,
      time: time ?? goLive.time,
      from: from ?? release.goLiveAt,
    });
    if (!chosen.ok) return chosen;
    const { plan } = chosen.value;
    return done({ releaseKey: release.key, plan, foreseen: await foreseeMove(scope, release, plan) });
  };
  const checkRight = rightTo('release.reschedule', { isCreator });
  return runVerb({ name: 'release.forecast-move', input: inputSchema, run, checkRight }, { ctx, input });
}
