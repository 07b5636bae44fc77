import { checklistChanges } from '../../core/plan/checklists-schema.ts';
import { resolveScheduleTime } from '../../core/schedule/resolve-schedule-time.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { cancelTimers, setTimer } from '../kernel/effects.ts';
import type { Scope } from '../kernel/scope.ts';

/** The timer whose subject is the release. */
export const postChecklistsKind = 'checklists-post';

/** Has the checklists posted when the plan says, as it is now; not when that has passed. */
export async function setPostingTime(scope: Scope, { id, plan }: Release): Promise<void> {
  await cancelTimers(scope, id, postChecklistsKind);
  const { cards } = checklistChanges(plan);
  if (cards === undefined) return;
  const dueAt = resolveScheduleTime(cards, plan.goLive).instant;
  if (dueAt <= scope.now) return;
  await setTimer(scope, { releaseId: id, kind: postChecklistsKind, subjectId: id, dueAt });
}
