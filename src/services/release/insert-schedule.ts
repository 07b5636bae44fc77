import type { ScheduleItem } from '../../core/schedule/derive-schedule.ts';
import { followUpEnd } from '../../core/schedule/follow-up-end.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { communications } from '../../db/schema/release.ts';
import { setTimer } from '../kernel/effects.ts';
import type { Scope } from '../kernel/scope.ts';

/** Why something is not sent that could have been due only before it was planned. */
export const PASSED_WHEN_PLANNED = 'Its time had passed when it was planned.';

/** Writes a release's schedule: a row for each item, a timer for each that is to come, and the end of the follow-up. */
export async function insertSchedule(
  scope: Scope,
  release: Release,
  schedule: readonly ScheduleItem[],
): Promise<void> {
  for (const [position, item] of schedule.entries()) await insertItem(scope, release, { position, item });
  const dueAt = followUpEnd(schedule, release.goLiveAt);
  await setTimer(scope, { releaseId: release.id, kind: 'close-release', subjectId: release.id, dueAt });
}

/** Writes an item of a schedule, with its timer when it is to come. */
export async function insertItem(
  scope: Scope,
  release: Release,
  { position, item }: { position: number; item: ScheduleItem },
): Promise<void> {
  const id = scope.ctx.newId();
  const isPast = item.dueAt !== null && item.dueAt <= scope.now;
  await scope.tx.insert(communications).values({
    id,
    releaseId: release.id,
    key: item.key,
    position,
    item,
    dueAt: item.dueAt === null ? null : new Date(item.dueAt),
    state: isPast ? 'withheld' : 'planned',
    note: isPast ? PASSED_WHEN_PLANNED : null,
  });
  if (item.dueAt === null || isPast) return;
  await setTimer(scope, { releaseId: release.id, kind: 'communication', subjectId: id, dueAt: item.dueAt });
}
