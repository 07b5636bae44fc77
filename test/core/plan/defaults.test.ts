import { describe, expect, it } from 'vitest';
import { DEFAULT_CHANNELS, TEAM_AUDIENCES } from '../../../src/core/plan/audiences.ts';
import { planFields } from '../../../src/core/plan/plan.ts';
import { MATRIX_ROLES, ROLE_NAMES, ROLES } from '../../../src/core/plan/roles.ts';
import { examplePlan } from './example-plan.ts';

describe('defaults of a plan', () => {
  it('gives the criteria their units, and the window in which S1 §6.1 judges the error rate', () => {
    expect(examplePlan().rollout.phases[0]?.criteria).toEqual([
      { metric: 'error-rate', below: 0.1, unit: 'percent', window: 'PT5M', minRequests: 100 },
      { metric: 'latency-p95', below: 200, unit: 'ms', window: 'PT5M', minRequests: 100 },
    ]);
  });

  it('asks the six roles of the stakeholder matrix (S1 §1.3)', () => {
    expect(examplePlan().goNoGo.roles).toEqual([
      'release_manager',
      'engineering_lead',
      'qa_lead',
      'devops_lead',
      'product_owner',
      'security_lead',
    ]);
    expect(MATRIX_ROLES).toEqual(examplePlan().goNoGo.roles);
  });

  it('opens the readiness check at T-7 and the decision at T-1, closing two hours before go-live', () => {
    expect(examplePlan().goNoGo.polls).toEqual([
      {
        key: 'readiness',
        kind: 'readiness',
        opens: { offset: '-P7D', time: '14:00' },
        closes: { offset: '-P6D', time: '14:00' },
      },
      {
        key: 'decision',
        kind: 'decision',
        opens: { offset: '-P1D', time: '14:00' },
        closes: { goLive: '-PT2H' },
      },
    ]);
  });

  it('has a field for every role and audience of the tables, required where the table says so', () => {
    const { shape } = planFields.shape.roles;
    expect(Object.keys(shape)).toEqual([...ROLE_NAMES]);
    const required = Object.entries(shape).filter(([, person]) => !person.safeParse(undefined).success);
    expect(required.map(([name]) => name)).toEqual(ROLE_NAMES.filter((name) => ROLES[name].required));
    expect(Object.keys(examplePlan().channels)).toEqual([...TEAM_AUDIENCES]);
    const defaults = Object.entries(DEFAULT_CHANNELS).map(([audience, address]) => [audience, [address]]);
    expect(examplePlan().channels).toEqual(Object.fromEntries(defaults));
  });
});
