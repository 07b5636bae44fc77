import { capitalize } from '../../lib/capitalize.ts';
import { addDays } from '../calendar/add-days.ts';
import { resolveLocalTime } from '../calendar/local-time.ts';
import type { Plan } from '../plan/plan.ts';
import type { RoleName } from '../plan/roles.ts';
import {
  type DatedChecklist,
  type DatedItem,
  deriveChecklists,
} from '../readiness/checklists/derive-checklists.ts';
import { pollInstant } from '../schedule/poll-instant.ts';
import { goLiveInstant } from '../schedule/resolve-schedule-time.ts';
import { type DatedMilestone, deriveMilestones } from '../timeline/derive-milestones.ts';
import { deriveTimeline, type TimelinePhase } from '../timeline/derive-timeline.ts';
import { ACTIVITY_OWNERS, ACTIVITY_TITLES } from './activity-owners.ts';
import type { DerivedTask, TaskSettler } from './task.ts';

/** The time of day in the release's zone by which something is due that has a date: the end of a working day. */
const dueTime = '17:00';

/** The milestones that nobody ticks. */
const settlers: Readonly<Record<string, TaskSettler>> = {
  'go-no-go-decision': 'decision',
  'production-deployment': 'rollout',
};

/**
 * The tasks of a plan by their due instants: its milestones, those activities of its phases that somebody owns,
 * and the items of its checklists.
 * Continuous delivery has stages of minutes instead of phases, and no such activities. What belongs before go-live is due
 * before it, whatever its time of day.
 */
export function deriveTasks(plan: Plan): DerivedTask[] {
  const activities = plan.frequency === 'continuous' ? [] : deriveTimeline(plan).flatMap(activitiesOf(plan));
  const milestones = deriveMilestones(plan).map((milestone) => milestoneTask(plan, milestone));
  const items = deriveChecklists(plan).flatMap((list) =>
    list.items.map((item) => itemTask(plan, list, item)),
  );
  return [...milestones, ...activities, ...items].sort((one, other) => one.dueAt - other.dueAt);
}

function milestoneTask(plan: Plan, milestone: DatedMilestone): DerivedTask {
  const { key, title, criteria, owner, dueOn } = milestone;
  const settledBy = settlers[key] ?? 'people';
  const instants = {
    people: dueDate(plan, dueOn, { isAfterGoLive: dueOn > plan.goLive.date }),
    decision: pollInstant(plan, 'decision', 'closes') ?? goLiveInstant(plan),
    rollout: goLiveInstant(plan),
  };
  return {
    key: `milestone-${key}`,
    kind: 'milestone',
    checklist: null,
    title,
    criteria,
    owner: staffed(plan, owner),
    dueAt: instants[settledBy],
    settledBy,
  };
}

function itemTask(plan: Plan, { key: checklist }: DatedChecklist, item: DatedItem): DerivedTask {
  const { key, title, owner, dueOn, settledBy } = item;
  const dueAt = dueDate(plan, dueOn, { isAfterGoLive: dueOn > plan.goLive.date });
  return {
    key: `checklist-${checklist}-${key}`,
    kind: 'checklist',
    checklist,
    title,
    criteria: [],
    owner: staffed(plan, owner),
    dueAt: settledBy === 'decision' ? (pollInstant(plan, 'decision', 'closes') ?? dueAt) : dueAt,
    settledBy,
  };
}

/** They are due on the last day of their phase, which is the day before the next one begins. */
function activitiesOf(plan: Plan): (phase: TimelinePhase) => DerivedTask[] {
  return ({ name, endsOn, activities }) =>
    activities.flatMap((activity): DerivedTask[] => {
      const owner = ACTIVITY_OWNERS[activity];
      if (owner === undefined) return [];
      return [
        {
          key: `${name}-${activity.replaceAll(' ', '-')}`,
          kind: 'activity',
          checklist: null,
          title: ACTIVITY_TITLES[activity] ?? capitalize(activity),
          criteria: [],
          owner: staffed(plan, owner),
          dueAt: dueDate(plan, addDays(endsOn, -1), { isAfterGoLive: name === 'execution' }),
          settledBy: 'people',
        },
      ];
    });
}

/** A role that the plan leaves empty is the release manager's. */
function staffed({ roles }: Plan, owner: RoleName): RoleName {
  return roles[owner] === undefined ? 'release_manager' : owner;
}

function dueDate(plan: Plan, date: string, { isAfterGoLive }: { isAfterGoLive: boolean }): number {
  const { instant } = resolveLocalTime(date, 0, dueTime, plan.goLive.zone);
  const goLiveAt = goLiveInstant(plan);
  return isAfterGoLive ? Math.max(instant, goLiveAt) : Math.min(instant, goLiveAt);
}
