import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PlanInput } from '../../../src/core/plan/plan.ts';
import { describeIssue, formatPath } from '../../../src/core/plan-file/plan-issue.ts';
import { validatePlan } from '../../../src/core/plan-file/validate-plan.ts';
import { deriveMilestones } from '../../../src/core/timeline/derive-milestones.ts';
import { examplePlan } from '../plan/example-plan.ts';

type Milestones = NonNullable<PlanInput['milestones']>;
const add = (key: string, more: { after?: string[]; offset?: string; owner?: 'support_lead' } = {}) => ({
  key,
  title: `Milestone ${key}`,
  owner: 'product_owner' as const,
  offset: '-P10D',
  criteria: ['it is done'],
  ...more,
});

function issuesOf(milestones: Milestones): string[] {
  const read = validatePlan({ ...examplePlan(), milestones }, {});
  return read.ok ? [] : read.issues.map((issue) => `${formatPath(issue.path)} ${describeIssue(issue)}`);
}

function warningsOf(milestones: Milestones): string[] {
  const read = validatePlan({ ...examplePlan(), milestones }, {});
  return read.ok
    ? read.warnings.filter(({ path }) => path[0] === 'milestones').map((each) => each.message)
    : [];
}

describe('the milestones of a plan', () => {
  it('can be changed, dropped and added', () => {
    const plan = examplePlan({
      milestones: {
        change: { 'security-review': { owner: 'qa_lead', offset: '-P9D' } },
        drop: ['qa-sign-off'],
        add: [{ ...add('beta-closed'), after: ['feature-complete'] }],
      },
    });
    const milestones = deriveMilestones(plan);
    expect(milestones.map(({ key, origin }) => [key, origin])).toEqual([
      ['feature-complete', 'default'],
      ['code-freeze', 'default'],
      ['beta-closed', 'added'],
      ['security-review', 'changed'],
      ['performance-validation', 'default'],
      ['go-no-go-decision', 'default'],
      ['production-deployment', 'default'],
    ]);
    // What waited for a dropped one waits for it no longer.
    expect(milestones.find(({ key }) => key === 'performance-validation')?.after).toEqual([]);
  });

  it('are refused all at once, each with its place and a suggestion', () => {
    expect(
      issuesOf({
        change: { 'code-freze': { title: 'Freeze' } },
        drop: ['feature-complete'],
        add: [add('beta', { after: ['feature-complete', 'cod-freeze'], owner: 'support_lead' }), add('beta')],
      }),
    ).toMatchInlineSnapshot(`
      [
        "milestones.change.code-freze is "code-freze", which is not a critical milestone; expected one of feature-complete, code-freeze, security-review, qa-sign-off, performance-validation, go-no-go-decision, production-deployment. Did you mean code-freeze?",
        "milestones.add[1].key is "beta", which is taken; expected a key that no other milestone has.",
        "milestones.add[0].owner is support_lead, for whom the plan has no person; expected roles.support_lead to be given.",
        "milestones.add[0].after[0] is feature-complete, which the plan drops; expected a milestone that the plan has.",
        "milestones.add[0].after[1] is "cod-freeze", which is not a milestone of the plan; expected one of code-freeze, security-review, qa-sign-off, performance-validation, go-no-go-decision, production-deployment, beta. Did you mean code-freeze?",
      ]
    `);
  });

  it('are refused when they wait for each other in a circle, told once', () => {
    expect(
      issuesOf({
        change: { 'code-freeze': { after: ['two'] } },
        add: [
          add('one', { after: ['code-freeze'] }),
          add('two', { after: ['one'] }),
          add('self', { after: ['self'] }),
        ],
      }),
    ).toMatchInlineSnapshot(`
      [
        "milestones.change.code-freeze.after makes a circle: code-freeze waits for two, two waits for one, one waits for code-freeze; expected milestones of which none waits for itself.",
        "milestones.add[2].after makes a circle: self waits for self; expected milestones of which none waits for itself.",
      ]
    `);
  });

  it('are refused for a circle exactly when there is no order in which each comes after what it waits for', () => {
    const keys = ['a', 'b', 'c', 'd', 'e'];
    const afters = fc.tuple(...keys.map(() => fc.subarray(keys, { maxLength: 2 })));
    fc.assert(
      fc.property(afters, (lists) => {
        const issues = issuesOf({ add: keys.map((key, index) => add(key, { after: lists[index] ?? [] })) });
        expect(issues.length > 0).toBe(!canBeOrdered(keys, lists));
      }),
    );
  });

  it('warn when one is due before what it comes after', () => {
    expect(
      warningsOf({ add: [add('early', { offset: '-P60D', after: ['feature-complete'] })] }),
    ).toMatchInlineSnapshot(`
      [
        "Milestone early (early) is due on Fri 19 Apr 2030, but comes after Feature complete (feature-complete), which is due on Thu 30 May 2030.",
      ]
    `);
    expect(warningsOf({})).toEqual([]);
  });
});

/** Takes away, again and again, what waits for nothing that is left. */
function canBeOrdered(keys: readonly string[], afters: readonly (readonly string[])[]): boolean {
  let left = keys.map((key, index) => ({ key, after: afters[index] ?? [] }));
  for (;;) {
    const blocked = left.filter(({ after }) => after.some((key) => left.some((other) => other.key === key)));
    if (blocked.length === left.length) return left.length === 0;
    left = blocked;
  }
}
