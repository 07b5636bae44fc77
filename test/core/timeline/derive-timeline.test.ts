import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../../src/core/calendar/add-days.ts';
import { RELEASE_TYPES } from '../../../src/core/plan/planning-arguments.ts';
import { deriveMilestones } from '../../../src/core/timeline/derive-milestones.ts';
import { deriveTimeline } from '../../../src/core/timeline/derive-timeline.ts';
import { examplePlan } from '../plan/example-plan.ts';

const goLive = { date: '2030-06-18', time: '10:00', zone: 'Europe/Amsterdam' };

describe('the timeline', () => {
  it('is worked backwards from go-live, on which the deployment begins', () => {
    const phases = deriveTimeline(examplePlan({ type: 'minor', goLive }));
    expect(phases.map(({ name, startsOn, endsOn }) => [name, startsOn, endsOn])).toEqual([
      ['planning', '2030-03-28', '2030-04-18'],
      ['development', '2030-04-18', '2030-05-30'],
      ['testing', '2030-05-30', '2030-06-13'],
      ['preparation', '2030-06-13', '2030-06-18'],
      ['execution', '2030-06-18', '2030-06-20'],
    ]);
  });

  it('takes the lengths of the plan, and a phase that the type of release does not have', () => {
    const plan = examplePlan({ type: 'hotfix', goLive, timeline: { testing: 'P2D', planning: 'P1W' } });
    expect(deriveTimeline(plan).map(({ name, days, isOwn }) => [name, days, isOwn])).toEqual([
      ['planning', 7, true],
      ['testing', 2, true],
      ['execution', 1, false],
    ]);
  });

  it('has no gap and no overlap, whatever the type and the date', () => {
    const dates = fc.integer({ min: 0, max: 40_000 }).map((days) => addDays('1990-01-01', days));
    fc.assert(
      fc.property(fc.constantFrom(...RELEASE_TYPES), dates, (type, date) => {
        const phases = deriveTimeline(examplePlan({ type, goLive: { ...goLive, date } }));
        expect(phases.slice(1).map(({ startsOn }) => startsOn)).toEqual(
          phases.slice(0, -1).map(({ endsOn }) => endsOn),
        );
        expect(phases.at(-1)?.startsOn).toBe(date);
      }),
    );
  });
});

describe('the critical milestones of S1 §3.2', () => {
  it('are seven, with their owners, in the phases of the release', () => {
    const milestones = deriveMilestones(examplePlan({ type: 'minor', goLive }));
    expect(milestones.map(({ title, owner, dueOn }) => [title, owner, dueOn])).toEqual([
      ['Feature complete', 'engineering_lead', '2030-05-30'],
      ['Code freeze', 'release_manager', '2030-05-30'],
      ['Security review', 'security_lead', '2030-06-04'],
      ['QA sign-off', 'qa_lead', '2030-06-13'],
      ['Performance validation', 'devops_lead', '2030-06-13'],
      ['Go/no-go decision', 'release_manager', '2030-06-18'],
      ['Production deployment', 'devops_lead', '2030-06-18'],
    ]);
  });

  it('depend only on earlier ones, and are never due before them', () => {
    for (const type of RELEASE_TYPES) {
      const milestones = deriveMilestones(examplePlan({ type, goLive }));
      milestones.forEach(({ after, dueOn }, index) => {
        const earlier = milestones.slice(0, index);
        for (const name of after) {
          const needed = earlier.find((milestone) => milestone.key === name);
          expect(needed).toBeDefined();
          expect(needed && needed.dueOn <= dueOn).toBe(true);
        }
      });
    }
  });
});
