import { command } from '../../core/card/card.ts';
import { line } from '../../core/card/line.ts';
import { localDate } from '../../core/card/local-date.ts';
import { codeFreezeAt, isCodeFrozen } from '../../core/changes/code-freeze.ts';
import { isSame } from '../../core/plan/compare-plans.ts';
import type { Plan } from '../../core/plan/plan.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { type Refusal, refuse } from '../kernel/result.ts';

/**
 * Once the code of a release is frozen, an edit changes neither its scope, which takes a request that somebody else
 * approves, nor the freeze itself. Null: the plan leaves both as they are, or there is no freeze yet. `now`: epoch ms.
 */
export function refuseLateEdit(
  { id: releaseId, key, plan: before }: Pick<Release, 'id' | 'key' | 'plan'>,
  plan: Plan,
  now: number,
): Refusal | null {
  if (!isCodeFrozen(before, now)) return null;
  const since = localDate(codeFreezeAt(before) ?? now, before.goLive.zone);
  if (!isSame(before.scope, plan.scope)) {
    const ask = command('release', `change-request ${key}`);
    const message = line`The code of ${key} has been frozen since ${since}, so its scope changes only by a request that a second person approves. Nothing was saved. Leave the scope as it is, and ask for the change with ${ask}.`;
    return refuse('conditions-unmet', message, { releaseId }).refusal;
  }
  if (isCodeFrozen(plan, now)) return null;
  const move = command('release', `reschedule ${key}`);
  const message = line`The code of ${key} has been frozen since ${since}, so its code freeze can't be moved or dropped any more. Nothing was saved. Leave that milestone as it is. If go-live moves, the code freeze moves with it: ${move}.`;
  return refuse('conditions-unmet', message, { releaseId }).refusal;
}
