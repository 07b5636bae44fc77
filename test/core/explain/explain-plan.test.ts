import { describe, expect, it } from 'vitest';
import { explainPlan } from '../../../src/core/explain/explain-plan.ts';
import type { Plan } from '../../../src/core/plan/plan.ts';
import { examplePlan } from '../plan/example-plan.ts';

function entry(plan: Plan, title: string, name: string) {
  const part = explainPlan(plan).find((each) => each.title.startsWith(title));
  return part?.entries.find((each) => each.name === name);
}

describe('explaining a plan', () => {
  it('says of each argument whether the plan gives it', () => {
    const plan = examplePlan({ riskTolerance: 'low' });
    expect(entry(plan, 'What shapes', 'riskTolerance')).toEqual({
      name: 'riskTolerance',
      value: 'low',
      origin: 'plan',
      source: null,
    });
    expect(entry(plan, 'What shapes', 'teamSize')).toMatchObject({ value: 'medium', origin: 'default' });
  });

  it('says what follows from an argument, and its source', () => {
    const coverage = (riskTolerance: Plan['riskTolerance']) =>
      entry(examplePlan({ riskTolerance }), 'Readiness', 'Unit test coverage');
    expect(coverage('low')).toEqual({
      name: 'Unit test coverage',
      value: 'at least 90 %',
      origin: 'derived',
      source: 'S2 §1',
    });
    expect(coverage('zero-downtime')?.value).toBe('at least 95 %');
  });

  it('calls a phase length of the plan its own, and another one derived', () => {
    const plan = examplePlan({ timeline: { testing: 'P1W' } });
    expect(entry(plan, 'Phases', 'Testing')).toMatchObject({ origin: 'plan' });
    expect(entry(plan, 'Phases', 'Planning')).toMatchObject({ origin: 'derived', source: 'S2 §1' });
  });

  it('shows the stages of continuous delivery in place of the phases', () => {
    const titles = explainPlan(examplePlan({ frequency: 'continuous' })).map(({ title }) => title);
    expect(titles).toContain('Stages of continuous delivery');
    expect(titles.some((title) => title.startsWith('Phases'))).toBe(false);
  });

  it('tells default phases of the rollout from those of the plan', () => {
    expect(entry(examplePlan(), 'Rollout', 'Phase 1')).toMatchObject({
      value:
        '1 % of traffic; held for 1 day; Error rate below 0.1 % over 5 minutes; Response time (95th percentile) below 200 ms over 5 minutes',
      origin: 'default',
      source: 'S1 §2.2 phase 1',
    });
    const own = examplePlan({ rollout: { phases: [{ trafficPercent: 100 }] } });
    expect(entry(own, 'Rollout', 'Phase 1')).toMatchObject({ value: '100 % of traffic', origin: 'plan' });
  });

  it('says what is left out', () => {
    const plan = examplePlan({ communications: { drop: ['sales-briefing'] } });
    expect(entry(plan, 'Messages', 'sales-briefing')).toMatchObject({ value: 'dropped', origin: 'plan' });
  });
});
