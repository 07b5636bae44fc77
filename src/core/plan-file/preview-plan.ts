import { describeInstant } from '../calendar/describe-instant.ts';
import type { Plan } from '../plan/plan.ts';
import { deriveSchedule, type ScheduleItem } from '../schedule/derive-schedule.ts';
import { goLiveInstant } from '../schedule/resolve-schedule-time.ts';
import { type AdapterNames, missingDefaults } from './check-adapters.ts';
import { planWarnings } from './plan-warnings.ts';

/** What comes of a plan, for whoever plans it. */
export interface PlanPreview {
  /** The go-live instant in the release's zone. */
  goLive: string;
  /** The first items of the schedule. */
  coming: Pick<ScheduleItem, 'title' | 'audience' | 'addresses' | 'localTime'>[];
  /** Items whose instant has passed: they are not sent. */
  past: { title: string; localTime: string }[];
  /** What is odd about its times, and what the rollout lacks so far, in whole sentences. */
  warnings: string[];
}

/** How many items are shown. */
const shownItems = 5;

/** What a plan would do from `now` (epoch ms) on. */
export function previewPlan(
  plan: Plan,
  { now, adapters }: { now: number; adapters: AdapterNames },
): PlanPreview {
  const dated = deriveSchedule(plan).flatMap((item) => {
    const { title, audience, addresses, localTime, dueAt } = item;
    return dueAt === null ? [] : [{ title, audience, addresses, localTime, dueAt }];
  });
  const warnings = planWarnings(plan).map(({ message }) => message);
  return {
    goLive: describeInstant(goLiveInstant(plan), plan.goLive.zone),
    coming: dated
      .filter(({ dueAt }) => dueAt > now)
      .slice(0, shownItems)
      .map(({ dueAt: _ahead, ...item }) => item),
    past: dated.filter(({ dueAt }) => dueAt <= now).map(({ title, localTime }) => ({ title, localTime })),
    warnings: [...warnings, ...missingDefaults(plan.rollout, adapters)],
  };
}
