import { countWords } from '../../lib/count-words.ts';
import { listWords } from '../../lib/list-words.ts';
import { describeLocalDate } from '../calendar/describe-local-date.ts';
import type { Plan } from '../plan/plan.ts';
import { deriveMilestones } from '../timeline/derive-milestones.ts';
import { deriveTimeline } from '../timeline/derive-timeline.ts';
import { pipelineStages } from '../timeline/pipeline.ts';
import { derived, type ExplainedPart, given } from './explained.ts';

/** The phases, or the stages of continuous delivery, and the critical milestones. */
export function explainTimeline(plan: Plan): ExplainedPart[] {
  return [
    plan.frequency === 'continuous' ? explainStages(plan) : explainPhases(plan),
    explainMilestones(plan),
  ];
}

function explainPhases(plan: Plan): ExplainedPart {
  const entries = deriveTimeline(plan).map(
    ({ title, startsOn, endsOn, days, isOwn, activities, results }) => {
      const span = `${countWords(days, 'day')}, ${describeLocalDate(startsOn)} to ${describeLocalDate(endsOn)}`;
      const value = [span, listWords(activities), `at its end ${listWords(results)}`].join('; ');
      return isOwn ? given(title, value) : derived(title, value, 'S2 §1');
    },
  );
  return { title: `Phases of a ${plan.type} release`, entries };
}

function explainStages({ rollout, riskTolerance }: Plan): ExplainedPart {
  const entries = pipelineStages(rollout.strategy, riskTolerance).map((stage) => {
    const approval = stage.approvalAfter ? '; then somebody approves' : '';
    const value = `up to ${stage.minutes} minutes; ${listWords(stage.activities)}${approval}`;
    return derived(stage.title, value, 'S2 §1');
  });
  return { title: 'Stages of continuous delivery', entries };
}

function explainMilestones(plan: Plan): ExplainedPart {
  const milestones = deriveMilestones(plan);
  const titles = new Map(milestones.map(({ key, title }) => [key, title]));
  const entries = milestones.map(({ title, dueOn, owner, criteria, after, needs, origin }) => {
    const earlier = after.map((key) => titles.get(key) ?? key);
    const needed = [...(needs === undefined ? [] : [needs]), ...earlier];
    const value = [
      `by ${describeLocalDate(dueOn)}`,
      plan.roles[owner]?.name ?? '',
      listWords(criteria),
      needed.length === 0 ? '' : `after: ${needed.join(', ')}`,
    ]
      .filter(Boolean)
      .join('; ');
    return origin === 'default' ? derived(title, value, 'S1 §3.2') : given(title, value);
  });
  return { title: 'Milestones', entries };
}
