import { describe, expect, it } from 'vitest';
import { watchedCriteria } from '../../../src/core/rollout/watched-criteria.ts';
import { examplePlan } from '../plan/example-plan.ts';

const { rollout } = examplePlan();
const [first, second] = rollout.phases.map(({ criteria }) => criteria);

describe('what a phase is judged by', () => {
  it('is what its criteria say', () => {
    expect(watchedCriteria(rollout, 0)).toBe(first);
    expect(watchedCriteria(rollout, 1)).toBe(second);
  });

  it('is what the phase before says, where the last one has no criteria', () => {
    const last = rollout.phases.length - 1;
    expect(rollout.phases[last]?.criteria).toEqual([]);
    expect(watchedCriteria(rollout, last)).toBe(rollout.phases[last - 1]?.criteria);
    const bare = rollout.phases.map((phase, index) => (index === 0 ? phase : { ...phase, criteria: [] }));
    expect(watchedCriteria({ phases: bare }, last)).toBe(first);
    expect(watchedCriteria({ phases: bare }, 1)).toEqual([]);
  });

  it('is nothing where no phase has criteria, or none has begun', () => {
    const none = rollout.phases.map((phase) => ({ ...phase, criteria: [] }));
    expect(watchedCriteria({ phases: none }, none.length - 1)).toEqual([]);
    expect(watchedCriteria(rollout, -1)).toEqual([]);
  });
});
