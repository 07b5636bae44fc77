import { describe, expect, it } from 'vitest';
import { releaseCapabilities } from '../../../src/core/permissions/capabilities.ts';
import { MATRIX_ROLES, ROLE_NAMES, type RoleName } from '../../../src/core/plan/roles.ts';

describe('capabilities', () => {
  it('gives every capability of a release to at least one required role, so that someone always can', () => {
    for (const [capability, { roles }] of Object.entries(releaseCapabilities)) {
      const always = roles.filter((role: RoleName) => MATRIX_ROLES.includes(role));
      expect(always, capability).not.toEqual([]);
    }
  });

  it('lets every role vote, which the poll narrows to those it asks', () => {
    expect([...releaseCapabilities['poll.vote'].roles].sort()).toEqual([...ROLE_NAMES].sort());
  });

  it('lets whoever may promote also roll back', () => {
    expect(releaseCapabilities['rollout.rollback'].roles).toEqual(
      expect.arrayContaining([...releaseCapabilities['rollout.promote'].roles]),
    );
  });

  it.each([
    ['poll.open', ['release_manager']],
    ['poll.close', ['release_manager']],
    ['rollout.promote', ['release_manager', 'devops_lead']],
    ['rollout.rollback', ['release_manager', 'devops_lead', 'engineering_lead']],
    ['rollout.record', ['release_manager', 'devops_lead', 'engineering_lead']],
    ['delivery.settle', ['release_manager']],
    ['release.reassign', ['release_manager', 'business_sponsor']],
    ['release.cancel', ['release_manager', 'business_sponsor']],
    ['release.pause', ['release_manager', 'business_sponsor']],
    ['release.edit', ['release_manager', 'business_sponsor']],
  ] as const)('gives %s to no one but %j', (capability, roles) => {
    expect(releaseCapabilities[capability].roles).toEqual(roles);
  });

  it('gives nothing but the settling of messages to others while those who hold it are gone', () => {
    const inAbsence = Object.entries(releaseCapabilities).flatMap(([name, held]) =>
      'inAbsence' in held ? [[name, held.inAbsence]] : [],
    );
    expect(inAbsence).toEqual([
      ['delivery.settle', ['business_sponsor']],
      ['communication.settle', ['business_sponsor']],
    ]);
  });
});
