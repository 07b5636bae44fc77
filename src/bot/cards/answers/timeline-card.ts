import { describeDate, describeInstant } from '../../../core/calendar/describe-instant.ts';
import { describeLocalDate } from '../../../core/calendar/describe-local-date.ts';
import { durationMs } from '../../../core/calendar/duration.ts';
import { type Block, bold, type Card, type Inline, note, text } from '../../../core/card/card.ts';
import type { Plan } from '../../../core/plan/plan.ts';
import { describePhase } from '../../../core/rollout/describe-phase.ts';
import { rolloutName } from '../../../core/rollout/rollout-name.ts';
import { deriveSchedule, instantOf, type ScheduleItem } from '../../../core/schedule/derive-schedule.ts';
import { describePlaces } from '../../../core/schedule/nowhere.ts';
import { goLiveInstant } from '../../../core/schedule/resolve-schedule-time.ts';
import { deriveMilestones } from '../../../core/timeline/derive-milestones.ts';
import { deriveTimeline } from '../../../core/timeline/derive-timeline.ts';
import { ganttChart } from '../../../core/timeline/gantt.ts';
import { pipelineStages } from '../../../core/timeline/pipeline.ts';
import { countWords } from '../../../lib/count-words.ts';
import { groupBy } from '../../../lib/group-by.ts';
import { listWords } from '../../../lib/list-words.ts';

/** Phases, milestones and messages of a release on one card, for somebody who asks. */
export function timelineCard(plan: Plan): Card {
  const summary = `Timeline of ${plan.release}`;
  return {
    summary,
    blocks: [
      { type: 'header', text: summary },
      ...(plan.frequency === 'continuous'
        ? part('Stages of continuous delivery', stageItems(plan))
        : [{ type: 'code' as const, text: ganttChart(plan) }, ...part('Phases', phaseItems(plan))]),
      ...part('Milestones', milestoneItems(plan)),
      ...part(`Rollout, ${rolloutName(plan)}`, rolloutItems(plan)),
      ...part('Messages', messageItems(plan)),
      note(`Dates are in the time zone ${plan.goLive.zone}.`),
    ],
  };
}

function part(title: string, items: Inline[][]): Block[] {
  return [
    { type: 'paragraph', content: [bold(title)] },
    { type: 'list', ordered: false, items },
  ];
}

function phaseItems(plan: Plan): Inline[][] {
  return deriveTimeline(plan).map(({ title, startsOn, endsOn, days, activities }) => [
    bold(title),
    text(`, ${describeLocalDate(startsOn)} to ${describeLocalDate(endsOn)} (${countWords(days, 'day')}): `),
    text(listWords(activities)),
  ]);
}

function stageItems({ rollout, riskTolerance }: Plan): Inline[][] {
  return pipelineStages(rollout.strategy, riskTolerance).map((stage) => [
    bold(stage.title),
    text(`, up to ${stage.minutes} minutes: ${listWords(stage.activities)}`),
    ...(stage.approvalAfter ? [text('; then somebody has to approve')] : []),
  ]);
}

function milestoneItems(plan: Plan): Inline[][] {
  return deriveMilestones(plan).map(({ title, dueOn, owner, criteria }) => {
    const person = plan.roles[owner]?.name;
    const by = person === undefined ? '' : `, ${person}`;
    return [bold(title), text(`, by ${describeLocalDate(dueOn)}${by}: ${listWords(criteria)}`)];
  });
}

/** Each phase with its audience, from when on at the earliest. */
function rolloutItems(plan: Plan): Inline[][] {
  const { phases } = plan.rollout;
  return phases.map((phase, index) => {
    const from =
      goLiveInstant(plan) + phases.slice(0, index).reduce((sum, { soak }) => sum + durationMs(soak), 0);
    return [
      text(`${describePhase(phase)}; from ${describeInstant(from, plan.goLive.zone)} on at the earliest`),
    ];
  });
}

/** So many messages fit beside phases and milestones, each with its time and its places. */
const MOST_IN_FULL = 28;

/** Those that have an instant, by day when there are many; what comes at an event is in the schedule. */
function messageItems(plan: Plan): Inline[][] {
  const items = deriveSchedule(plan).filter(({ kind }) => kind !== 'event');
  if (items.length > MOST_IN_FULL) return itemsByDay(plan, items);
  return items.map((item) => [
    text(`${item.label} `),
    bold(item.title),
    text(`, ${item.localTime}, ${describePlaces(item)}`),
    ...(item.customerFacing ? [text('; customers read it, once it is approved')] : []),
  ]);
}

function itemsByDay({ goLive }: Plan, items: readonly ScheduleItem[]): Inline[][] {
  const days = groupBy(items, (item) => `${item.label}, ${describeDate(instantOf(item), goLive.zone)}`);
  return [...days].map(([day, ofDay]) => [
    bold(day),
    text(`: ${ofDay.map(({ title }) => title).join(', ')}`),
  ]);
}
