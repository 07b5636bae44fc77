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

  it('says which preset the rollout has and why, and where each phase comes from', () => {
    const staged = examplePlan({ type: 'major', rollout: {} });
    expect(entry(staged, 'Rollout', 'Preset')).toEqual({
      name: 'Preset',
      value: 'staged: a canary in stages of days (for a canary of a major release)',
      origin: 'default',
      source: 'S1 §2.2',
    });
    expect(entry(staged, 'Rollout', 'Phase 1')).toMatchObject({
      value:
        '1 % of traffic; Internal users and early adopters; held for 1 day; Error rate below 0.1 % over 5 minutes; Response time (95th percentile) below 200 ms over 5 minutes',
      origin: 'derived',
      source: 'S1 §2.2 phase 1',
    });
    expect(entry(examplePlan({ rollout: { preset: 'staged' } }), 'Rollout', 'Preset')?.origin).toBe('plan');
  });

  it('says how a rolling deployment goes through its instances', () => {
    const rolling = examplePlan({ riskTolerance: 'low', rollout: { strategy: 'rolling' } });
    expect(entry(rolling, 'Rollout', 'Phase 1')?.value).toMatch(/^10 % of instances; .*over 5 minutes$/);
    expect(entry(rolling, 'Rollout', 'Unavailable at a time')?.value).toBe('at most 1 instance');
    expect(entry(rolling, 'Rollout', 'Health check of an instance')?.value).toBe('answers within 30 seconds');
  });

  it('tells phases of the plan from those of a preset', () => {
    const own = examplePlan({ rollout: { phases: [{ trafficPercent: 100 }] } });
    expect(entry(own, 'Rollout', 'Preset')).toMatchObject({
      origin: 'plan',
      value: expect.stringContaining('none'),
    });
    expect(entry(own, 'Rollout', 'Phase 1')).toMatchObject({ value: '100 % of traffic', origin: 'plan' });
  });

  it('says what is left out', () => {
    const plan = examplePlan({ communications: { drop: ['sales-briefing'] } });
    expect(entry(plan, 'Messages', 'sales-briefing')).toMatchObject({ value: 'dropped', origin: 'plan' });
  });
});
