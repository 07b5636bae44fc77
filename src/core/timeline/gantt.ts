import { daysBetween } from '../calendar/add-days.ts';
import type { Plan } from '../plan/plan.ts';
import { deriveMilestones } from './derive-milestones.ts';
import { deriveTimeline } from './derive-timeline.ts';

/** How many characters the whole time takes: with the names beside it, it fits a phone held upright. */
const width = 24;

/**
 * The phases of a release as bars over one span of time, with its milestones and T-0 below them, in characters of one
 * width. Each bar has at least one character, however short its phase.
 */
export function ganttChart(plan: Plan): string {
  const phases = deriveTimeline(plan);
  const dates = phases.flatMap(({ startsOn, endsOn }) => [startsOn, endsOn]).sort();
  const from = dates[0] ?? plan.goLive.date;
  const total = Math.max(1, daysBetween(from, dates.at(-1) ?? from));
  const place = (date: string) => Math.round((daysBetween(from, date) / total) * width);
  const bars = phases.map(({ title, startsOn, endsOn }) => {
    const begin = Math.min(place(startsOn), width - 1);
    const end = Math.max(place(endsOn), begin + 1);
    return row(title, '·'.repeat(begin) + '█'.repeat(end - begin) + '·'.repeat(width - end));
  });
  const milestones = deriveMilestones(plan).map(({ dueOn }) => dueOn);
  return [
    ...bars,
    row('Milestones', marks(milestones.map(place), '◆')),
    row('Go-live', marks([place(plan.goLive.date)], '▲')),
  ].join('\n');
}

const nameWidth = 12;

function row(name: string, line: string): string {
  return `${name.padEnd(nameWidth)}${line}`;
}

/** One of a time before or after it all stands at the nearer end. */
function marks(places: readonly number[], mark: string): string {
  const within = places.map((place) => Math.min(Math.max(place, 0), width - 1));
  return Array.from({ length: width }, (_, index) => (within.includes(index) ? mark : '·')).join('');
}
