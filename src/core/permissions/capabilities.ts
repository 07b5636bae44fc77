import { ROLE_NAMES, type RoleName } from '../plan/roles.ts';

/** What a person may ask for. Whoever is not listed for a capability does not have it. */
export const capabilities = [
  'release.create',
  'poll.open',
  'poll.close',
  'poll.vote',
  'rollout.promote',
  'rollout.rollback',
  'delivery.settle',
  'release.reassign',
  'release.cancel',
  'release.pause',
  'release.edit',
] as const;
export type Capability = (typeof capabilities)[number];

/**
 * Roles of a release that hold a capability. `release.create` is not among them: it comes before the
 * release has roles, and is given in the configuration. `poll.vote` is for the roles that a poll asks.
 */
export const capabilityRoles: Record<Exclude<Capability, 'release.create'>, readonly RoleName[]> = {
  'poll.open': ['release_manager'],
  'poll.close': ['release_manager'],
  'poll.vote': ROLE_NAMES,
  'rollout.promote': ['release_manager', 'devops_lead'],
  'rollout.rollback': ['release_manager', 'devops_lead', 'engineering_lead'],
  'delivery.settle': ['release_manager'],
  'release.reassign': ['release_manager', 'business_sponsor'],
  'release.cancel': ['release_manager', 'business_sponsor'],
  'release.pause': ['release_manager', 'business_sponsor'],
  'release.edit': ['release_manager', 'business_sponsor'],
};
