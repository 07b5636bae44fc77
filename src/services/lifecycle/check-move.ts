import { line } from '../../core/card/line.ts';
import { localDate } from '../../core/card/local-date.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { validatePlan } from '../../core/plan-file/validate-plan.ts';
import { mayEdit, releaseStateTitles } from '../../core/release/release-state.ts';
import { goLiveInstant } from '../../core/schedule/resolve-schedule-time.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { loadForRequest } from '../kernel/load-for-request.ts';
import { refuseFrozenGoLive } from '../kernel/refuse-frozen.ts';
import { refuseLockedGoLive } from '../kernel/refuse-locked.ts';
import { done, type Result, refuse } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { inOneLine } from '../release/check-planned.ts';

/** The release whose go-live somebody wants to move, locked, or why it can't be moved by them now. */
export async function loadMovable(
  scope: Scope,
  { releaseKey, isCreator }: { releaseKey: string | null; isCreator: boolean },
): Promise<Result<Release>> {
  const loaded = await loadForRequest(scope, releaseKey, 'release.reschedule', { isCreator });
  if (!loaded.ok || mayEdit(loaded.value.state)) return loaded;
  const { id: releaseId, key, state } = loaded.value;
  return refuse(
    'wrong-state',
    `${key} is ${releaseStateTitles[state]}: its go-live can't be moved any more.`,
    {
      releaseId,
    },
  );
}

/** What somebody has chosen: local date and time of the release's zone, and the go-live that they saw then, epoch ms. */
export interface ChosenGoLive {
  date: string;
  time: string;
  from: number;
}

/** The plan with the new go-live, or why that is none. `plan`: the one that takes the release's place, if another does. */
export async function checkChosen(
  scope: Scope,
  release: Release,
  { date, time, from }: ChosenGoLive,
  plan: Plan = release.plan,
): Promise<Result<{ plan: Plan }>> {
  const { id: releaseId, key, goLiveAt } = release;
  const { zone } = release.plan.goLive;
  if (from !== goLiveAt) {
    const message = line`The go-live of ${key} was moved to ${localDate(goLiveAt, zone)} while your form was open, so nothing was changed. Start again if it should be another time.`;
    return refuse('conflict', message, { releaseId });
  }
  const about = { releaseId, field: 'date' };
  const read = validatePlan({ ...plan, goLive: { date, time, zone } });
  if (!read.ok) return refuse('invalid', read.issues.map(inOneLine).join(' '), about);
  const chosen = goLiveInstant(read.plan);
  if (chosen === goLiveAt)
    return refuse('invalid', 'That is the current go-live. Choose another date or time.', about);
  if (chosen <= scope.now)
    return refuse('invalid', 'That time has passed. Choose a later date or time.', about);
  const frozen = await refuseFrozenGoLive(scope, release, read.plan);
  const refusal = frozen ?? (await refuseLockedGoLive(scope, release, read.plan));
  return refusal ? { ok: false, refusal } : done({ plan: read.plan });
}
