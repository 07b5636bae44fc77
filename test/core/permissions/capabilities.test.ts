import { describe, expect, it } from 'vitest';
import { capabilities, capabilityRoles } from '../../../src/core/permissions/capabilities.ts';
import { MATRIX_ROLES, ROLE_NAMES } from '../../../src/core/plan/roles.ts';

describe('capabilities', () => {
  it('gives every capability of a release to at least one required role, so that someone always can', () => {
    for (const [capability, roles] of Object.entries(capabilityRoles)) {
      const always = roles.filter((role) => MATRIX_ROLES.includes(role));
      expect(always, capability).not.toEqual([]);
    }
  });

  it('lets every role vote, which the poll narrows to those it asks', () => {
    expect([...capabilityRoles['poll.vote']].sort()).toEqual([...ROLE_NAMES].sort());
  });

  it('lets whoever may promote also roll back', () => {
    expect(capabilityRoles['rollout.rollback']).toEqual(
      expect.arrayContaining([...capabilityRoles['rollout.promote']]),
    );
  });

  it('names roles for all but what comes before there are any', () => {
    const given = Object.keys(capabilityRoles);
    expect(capabilities.filter((capability) => !given.includes(capability))).toEqual(['release.create']);
  });

  it.each([
    ['poll.open', ['release_manager']],
    ['poll.close', ['release_manager']],
    ['rollout.promote', ['release_manager', 'devops_lead']],
    ['rollout.rollback', ['release_manager', 'devops_lead', 'engineering_lead']],
    ['delivery.settle', ['release_manager']],
    ['release.reassign', ['release_manager', 'business_sponsor']],
    ['release.cancel', ['release_manager', 'business_sponsor']],
    ['release.pause', ['release_manager', 'business_sponsor']],
    ['release.edit', ['release_manager', 'business_sponsor']],
  ] as const)('gives %s to no one but %j', (capability, roles) => {
    expect(capabilityRoles[capability]).toEqual(roles);
  });
});
