import { describeInstant } from '../calendar/describe-instant.ts';
import type { Plan } from '../plan/plan.ts';
import { deriveSchedule, instantOf } from '../schedule/derive-schedule.ts';
import { resolveGoLive } from '../schedule/resolve-schedule-time.ts';

/** Something a release manager should know about a plan that is valid all the same. */
export interface PlanWarning {
  path: readonly (string | number)[];
  /** A whole sentence. */
  message: string;
}

/** What is odd about a valid plan: clock changes at its times, communications that are past. `now`: epoch ms. */
export function planWarnings(plan: Plan, now?: number): PlanWarning[] {
  return [...goLiveClockChange(plan), ...itemClockChanges(plan), ...pastItems(plan, now)];
}

function goLiveClockChange({ goLive }: Plan): PlanWarning[] {
  const { instant, note } = resolveGoLive(goLive);
  const said = `${goLive.date} ${goLive.time} in ${goLive.zone}`;
  const path = ['goLive', 'time'];
  if (note === 'skipped') {
    const taken = describeInstant(instant, goLive.zone);
    return [{ path, message: `The clocks skip ${said}; go-live is the first instant after it, ${taken}.` }];
  }
  if (note === 'repeated') {
    return [
      { path, message: `${said} comes twice, the clocks are put back; go-live is the first of the two.` },
    ];
  }
  return [];
}

function itemClockChanges(plan: Plan): PlanWarning[] {
  return deriveSchedule(plan).flatMap((item) => {
    if (item.clockChange === 'exact') return [];
    const path = ['communications'];
    const what =
      item.clockChange === 'skipped'
        ? `is planned for a time that the clocks skip; it goes out at ${item.localTime}, right after.`
        : `is planned for a time that comes twice; it goes out at the first, ${item.localTime}.`;
    return [{ path, message: `${item.title} (${item.key}) ${what}` }];
  });
}

function pastItems(plan: Plan, now: number | undefined): PlanWarning[] {
  if (now === undefined) return [];
  const past = deriveSchedule(plan).filter((item) => instantOf(item) <= now);
  if (past.length === 0) return [];
  const names = past.map((item) => `${item.label} ${item.key}`).join(', ');
  return [{ path: ['goLive'], message: `The moment of ${past.length} communications has passed: ${names}.` }];
}
