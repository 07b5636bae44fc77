import { addDays } from '../calendar/add-days.ts';
import { offsetToDays } from '../calendar/duration-patterns.ts';
import { PHASE_TITLES, type PhaseName } from '../plan/phase-names.ts';
import type { Plan } from '../plan/plan.ts';
import { defaultPhases, PHASE_RESULTS } from './phases.ts';

/** A phase of a release. Dates are local to the release's zone, as YYYY-MM-DD. */
export interface TimelinePhase {
  name: PhaseName;
  title: string;
  startsOn: string;
  /** The day on which the next phase begins. */
  endsOn: string;
  days: number;
  activities: readonly string[];
  /** What there is at its end. */
  results: readonly string[];
  /** The length is the plan's own. */
  isOwn: boolean;
}

/**
 * The phases of a scheduled release, worked backwards from T-0: the deployment begins on the day of go-live, and
 * whatever comes before it ends then. A phase that this type of release does not have is there when the plan gives
 * it a length.
 */
export function deriveTimeline(plan: Plan): TimelinePhase[] {
  const phases = defaultPhases(plan).map((phase) => {
    const own = plan.timeline[phase.name];
    return { ...phase, days: offsetToDays(own ?? phase.length), isOwn: own !== undefined };
  });
  let startOfNext = plan.goLive.date;
  const before = phases
    .filter(({ name }) => name !== 'execution')
    .reverse()
    .map((phase) => {
      const endsOn = startOfNext;
      startOfNext = addDays(endsOn, -phase.days);
      return dated(phase, startOfNext, endsOn);
    })
    .reverse();
  const after = phases
    .filter(({ name }) => name === 'execution')
    .map((phase) => dated(phase, plan.goLive.date, addDays(plan.goLive.date, phase.days)));
  return [...before, ...after];
}

function dated(
  phase: { name: PhaseName; days: number; activities: readonly string[]; isOwn: boolean },
  startsOn: string,
  endsOn: string,
): TimelinePhase {
  const { name, days, activities, isOwn } = phase;
  const title = PHASE_TITLES[name];
  return { name, title, startsOn, endsOn, days, activities, results: PHASE_RESULTS[name], isOwn };
}
