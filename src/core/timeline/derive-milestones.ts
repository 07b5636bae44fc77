import { addDays } from '../calendar/add-days.ts';
import { localDate } from '../calendar/working-days.ts';
import type { Plan } from '../plan/plan.ts';
import { resolveScheduleTime } from '../schedule/resolve-schedule-time.ts';
import { CRITICAL_MILESTONES, type Milestone, type MilestoneAnchor } from './critical-milestones.ts';
import { deriveTimeline, type TimelinePhase } from './derive-timeline.ts';

/** A milestone with the date (YYYY-MM-DD, in the release's zone) by which it is to be reached. */
export interface DatedMilestone extends Milestone {
  dueOn: string;
}

/**
 * The critical milestones of a plan with their dates. Where a type of release has no such phase, as a hotfix has no
 * testing of its own, they fall on the end of the phase before.
 */
export function deriveMilestones(plan: Plan): DatedMilestone[] {
  const dates = anchorDates(plan, deriveTimeline(plan));
  return CRITICAL_MILESTONES.map((milestone) => ({ ...milestone, dueOn: dates[milestone.anchor] }));
}

function anchorDates(plan: Plan, timeline: readonly TimelinePhase[]): Record<MilestoneAnchor, string> {
  const phase = (name: TimelinePhase['name']) => timeline.find((each) => each.name === name);
  const developmentEnds = phase('development')?.endsOn ?? phase('planning')?.endsOn ?? plan.goLive.date;
  const testing = phase('testing') ?? { startsOn: developmentEnds, endsOn: developmentEnds, days: 0 };
  return {
    'development-ends': developmentEnds,
    'testing-begins': testing.startsOn,
    'testing-third': addDays(testing.startsOn, Math.ceil(testing.days / 3)),
    'testing-ends': testing.endsOn,
    'decision-closes': decisionDate(plan),
    'go-live': plan.goLive.date,
  };
}

/** The day on which the poll closes that approves the release; a plan has exactly one. */
function decisionDate({ goNoGo, goLive }: Plan): string {
  const decision = goNoGo.polls.find(({ kind }) => kind === 'decision');
  if (decision === undefined) return goLive.date;
  return localDate(resolveScheduleTime(decision.closes, goLive).instant, goLive.zone);
}
