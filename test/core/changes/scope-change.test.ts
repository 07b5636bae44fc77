import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeFreezeAt } from '../../../src/core/changes/code-freeze.ts';
import {
  applyScopeChange,
  describeScopeChange,
  type ScopeChange,
  scopeLists,
} from '../../../src/core/changes/scope-change.ts';
import { deriveMilestones } from '../../../src/core/timeline/derive-milestones.ts';
import { examplePlan as planWith } from '../plan/example-plan.ts';

const examplePlan = planWith();

describe('a change of the scope', () => {
  it('adds an entry, or takes one out, and leaves the rest of the plan as it is', () => {
    fc.assert(
      fc.property(fc.constantFrom(...scopeLists), fc.string({ minLength: 1 }), (list, entry) => {
        const add: ScopeChange = { kind: 'add', list, entry };
        const out: ScopeChange = { ...add, kind: 'take-out' };
        const added = applyScopeChange(examplePlan, add);
        if (examplePlan.scope[list].includes(entry)) return expect(added).toBeNull();
        expect(added?.scope[list].at(-1)).toBe(entry);
        expect(added && applyScopeChange(added, out)).toEqual(examplePlan);
        // What is done already is not done again.
        expect(added && applyScopeChange(added, add)).toBeNull();
        expect(applyScopeChange(examplePlan, out)).toBeNull();
      }),
    );
  });

  it('is said in words', () => {
    expect(describeScopeChange({ kind: 'take-out', list: 'security', entry: 'TLS 1.3' })).toBe(
      'Take out the security fix “TLS 1.3”',
    );
  });
});

describe('the code freeze', () => {
  it('is at the end of the day of its milestone', () => {
    const { dueOn } = deriveMilestones(examplePlan).find(({ key }) => key === 'code-freeze') ?? {};
    const at = codeFreezeAt(examplePlan);
    expect(new Date(at ?? 0).toISOString().slice(0, 10)).toBe(dueOn);
  });

  it('is nowhere in a plan that drops it', () => {
    const milestones = { ...examplePlan.milestones, drop: ['code-freeze' as const] };
    expect(codeFreezeAt({ ...examplePlan, milestones })).toBeNull();
  });
});
