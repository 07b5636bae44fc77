import { describe, expect, it } from 'vitest';
import type { PlanInput } from '../../../src/core/plan/plan.ts';
import { CAB_ROLES, MATRIX_ROLES } from '../../../src/core/plan/roles.ts';
import { describeIssue, formatPath } from '../../../src/core/plan-file/plan-issue.ts';
import { validatePlan } from '../../../src/core/plan-file/validate-plan.ts';
import { examplePlan } from '../plan/example-plan.ts';

type GoNoGo = NonNullable<PlanInput['goNoGo']>;
const read = (goNoGo: unknown, roles: object = {}) => {
  const plan = examplePlan();
  return validatePlan({ ...plan, goNoGo, roles: { ...plan.roles, ...roles } }, {});
};
function issuesOf(goNoGo: GoNoGo, roles: object = {}): string[] {
  const found = read(goNoGo, roles);
  return found.ok ? [] : found.issues.map((issue) => `${formatPath(issue.path)} ${describeIssue(issue)}`);
}
const sponsor = { business_sponsor: { name: 'Bo Lindqvist', email: 'bo@example.com' } };
const support = { support_lead: { name: 'Tom Weber', email: 'tom@example.com' } };

describe('who votes', () => {
  it.each([
    ['matrix', MATRIX_ROLES],
    ['cab', CAB_ROLES],
  ])('can be a board: %s', (roles, expected) => {
    const found = read({ roles }, { ...sponsor, ...support });
    expect(found.ok && found.plan.goNoGo.roles).toEqual(expected);
  });
});

describe('how votes count', () => {
  it('fits those who vote', () => {
    const policy = {
      rule: 'quorum' as const,
      quorum: 4,
      veto: ['security_lead' as const],
      observers: ['support_lead' as const],
    };
    expect(issuesOf({ policy }, support)).toEqual([]);
  });

  it.each([
    [{ policy: { rule: 'quorum' as const } }, 'goNoGo.policy has rule: quorum and no quorum'],
    [{ policy: { quorum: 3 } }, 'goNoGo.policy.quorum means nothing with rule: unanimous'],
    [{ policy: { rule: 'quorum' as const, quorum: 7 } }, 'goNoGo.policy.quorum is 7, but 6 roles vote'],
    [
      { policy: { veto: ['support_lead' as const] } },
      'goNoGo.policy.veto[0] is support_lead, who does not vote',
    ],
    [
      { policy: { observers: ['qa_lead' as const] } },
      'goNoGo.policy.observers[0] is qa_lead, whose vote counts already',
    ],
    [
      { policy: { observers: ['support_lead' as const, 'support_lead' as const] } },
      'goNoGo.policy.observers[1] names support_lead a second time',
    ],
  ])('%j is refused', (goNoGo, said) => {
    expect(issuesOf(goNoGo, support).join('\n')).toContain(said);
  });

  it('asks nobody for whom the plan has no person', () => {
    const none = { support_lead: undefined };
    expect(issuesOf({ policy: { observers: ['support_lead'] } }, none).join('\n')).toContain(
      'goNoGo.policy.observers[0] asks support_lead, for whom the plan has no person',
    );
    expect(issuesOf({ emergency: { roles: ['support_lead'] } }, none).join('\n')).toContain(
      'goNoGo.emergency.roles[0] asks support_lead',
    );
  });
});

describe('sign-off', () => {
  it('needs a release manager and a business sponsor who are two people', () => {
    expect(issuesOf({ signOff: true }, sponsor)).toEqual([]);
    expect(issuesOf({ signOff: true }, { business_sponsor: undefined }).join('\n')).toContain(
      'goNoGo.signOff needs a business sponsor',
    );
    const rita = examplePlan().roles.release_manager;
    expect(issuesOf({ signOff: true }, { business_sponsor: rita }).join('\n')).toContain('is both');
  });
});
