import { addDays } from '../calendar/add-days.ts';
import { offsetToDays } from '../calendar/duration-patterns.ts';
import { localDate } from '../calendar/working-days.ts';
import type { Plan } from '../plan/plan.ts';
import type { RoleName } from '../plan/roles.ts';
import { resolveScheduleTime } from '../schedule/resolve-schedule-time.ts';
import { CRITICAL_MILESTONES, type Milestone, type MilestoneAnchor } from './critical-milestones.ts';
import { deriveTimeline, type TimelinePhase } from './derive-timeline.ts';

/** A milestone of a release, with the date (YYYY-MM-DD, in the release's zone) by which it is to be reached. */
export interface DatedMilestone {
  key: string;
  title: string;
  owner: RoleName;
  criteria: readonly string[];
  /** The keys of those that are reached before it. */
  after: readonly string[];
  /** What it needs that is no milestone. */
  needs?: string | undefined;
  dueOn: string;
  /** Whether it is a critical milestone as it comes, one that the plan changes, or one that it adds. */
  origin: 'default' | 'changed' | 'added';
}

/**
 * The milestones of a plan by their dates: the critical ones with its changes, without those that it drops, and those
 * that it adds. Where a type of release has no such phase, as a hotfix has no testing of its own, a critical one falls
 * on the end of the phase before. What comes after a dropped one no longer waits for it.
 */
export function deriveMilestones(plan: Plan): DatedMilestone[] {
  const { drop, add } = plan.milestones;
  const dates = anchorDates(plan, deriveTimeline(plan));
  const critical = CRITICAL_MILESTONES.filter(({ name }) => !drop.includes(name)).map((milestone) =>
    changed(plan, milestone, dates[milestone.anchor]),
  );
  const added = add.map(
    ({ offset, ...milestone }): DatedMilestone => ({
      ...milestone,
      dueOn: dateAt(plan, offset),
      origin: 'added',
    }),
  );
  return [...critical, ...added].sort((left, right) => compareDates(left.dueOn, right.dueOn));
}

function changed(plan: Plan, milestone: Milestone, dueOn: string): DatedMilestone {
  const { drop, change: changes } = plan.milestones;
  const change = changes[milestone.name];
  const { needs } = milestone;
  return {
    key: milestone.name,
    title: change?.title ?? milestone.title,
    owner: change?.owner ?? milestone.owner,
    criteria: change?.criteria ?? milestone.criteria,
    after: change?.after ?? milestone.after.filter((name) => !drop.includes(name)),
    ...(needs === undefined || change?.after ? {} : { needs }),
    dueOn: change?.offset === undefined ? dueOn : dateAt(plan, change.offset),
    origin: change === undefined ? 'default' : 'changed',
  };
}

function dateAt({ goLive }: Plan, offset: string): string {
  return addDays(goLive.date, offsetToDays(offset));
}

/** Of one length, so their order as text is their order in time. */
function compareDates(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
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
