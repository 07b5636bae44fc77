import { addDays } from '../calendar/add-days.ts';
import { isWeekend } from '../calendar/working-days.ts';
import type { Plan } from '../plan/plan.ts';
import { goLiveInstant } from '../schedule/resolve-schedule-time.ts';
import { type CollisionFacts, findCollisions } from './find-collisions.ts';

/** So many days a slot is looked for in each direction. */
export const searchedDays = 60;

/**
 * The working day nearest to a plan's go-live on which, at the same local time, it collides with nothing and is
 * `isFree`; the later one of two. `now`: epoch ms, which it is after. Null: none within 60 days.
 */
export function findClearSlot(
  plan: Plan,
  facts: CollisionFacts,
  { now, isFree }: { now: number; isFree: (plan: Plan, instant: number) => boolean },
): { date: string; instant: number } | null {
  for (let distance = 0; distance <= searchedDays; distance += 1) {
    for (const days of distance === 0 ? [0] : [distance, -distance]) {
      const date = addDays(plan.goLive.date, days);
      if (isWeekend(date)) continue;
      const moved = { ...plan, goLive: { ...plan.goLive, date } };
      const instant = goLiveInstant(moved);
      if (instant <= now || !isFree(moved, instant)) continue;
      if (findCollisions(moved, facts).length === 0) return { date, instant };
    }
  }
  return null;
}
