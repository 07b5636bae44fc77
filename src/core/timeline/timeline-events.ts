import { listWords } from '../../lib/list-words.ts';
import type { Plan } from '../plan/plan.ts';
import { deriveSchedule } from '../schedule/derive-schedule.ts';
import { describePlaces } from '../schedule/nowhere.ts';
import { goLiveInstant } from '../schedule/resolve-schedule-time.ts';
import { deriveMilestones } from './derive-milestones.ts';
import { deriveTimeline } from './derive-timeline.ts';

/** Something in a calendar: whole days (YYYY-MM-DD, the last one not included), or instants (epoch ms). */
export interface TimelineEvent {
  /** Unique within the release, and the same when the release moves. */
  key: string;
  title: string;
  description: string;
  at: { startsOn: string; endsOn: string } | { from: number; to: number };
}

/**
 * Everything of a release that has a place in a calendar: its phases, its milestones, T-0, its polls and its messages.
 * Continuous delivery has stages of minutes, which have none; what waits for an event has none either.
 */
export function timelineEvents(plan: Plan): TimelineEvent[] {
  const goLiveAt = goLiveInstant(plan);
  return [
    ...(plan.frequency === 'continuous' ? [] : phaseEvents(plan)),
    ...milestoneEvents(plan),
    { key: 'go-live', title: 'Go-live', description: plan.summary, at: { from: goLiveAt, to: goLiveAt } },
    ...messageEvents(plan),
  ];
}

function phaseEvents(plan: Plan): TimelineEvent[] {
  return deriveTimeline(plan).map(({ name, title, startsOn, endsOn, activities }) => ({
    key: `phase-${name}`,
    title,
    description: sentence(listWords(activities)),
    at: { startsOn, endsOn },
  }));
}

function milestoneEvents(plan: Plan): TimelineEvent[] {
  return deriveMilestones(plan).map(({ key, title, owner, criteria, dueOn }) => ({
    key: `milestone-${key}`,
    title,
    description: [plan.roles[owner]?.name ?? '', listWords(criteria)].filter(Boolean).map(sentence).join(' '),
    at: { startsOn: dueOn, endsOn: dueOn },
  }));
}

function messageEvents(plan: Plan): TimelineEvent[] {
  return deriveSchedule(plan).flatMap((item): TimelineEvent[] => {
    if (item.kind === 'event') return [];
    const to = item.kind === 'poll' ? item.poll.closesAt : item.dueAt;
    const description = `Goes to ${describePlaces(item)}.`;
    return [{ key: `message-${item.key}`, title: item.title, description, at: { from: item.dueAt, to } }];
  });
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
