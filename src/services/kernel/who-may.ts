import type { Line } from '../../core/card/line.ts';
import type { ReleaseCapability } from '../../core/permissions/capabilities.ts';
import {
  describeOrganizationRoles,
  organizationRolesWith,
  rolesWith,
} from '../../core/permissions/permissions.ts';
import { isRoleName, type RoleName } from '../../core/plan/roles.ts';
import type { Release, ReleasePerson } from '../../db/queries/load-release.ts';
import { describeHolders } from './describe-holders.ts';
import { canBeReached, eachOnce, rolesAnsweredBy, whoAnswersFor } from './stand-ins.ts';

/** The roles that have a right in a release; others as well while nobody in these can be reached. */
export function rolesHolding(release: Release, capability: ReleaseCapability): readonly RoleName[] {
  const roles = ownRolesHolding(release, capability);
  const { inAbsence } = rolesWith(release.permissions, capability);
  return canBeReached(release, roles) ? roles : [...roles, ...inAbsence];
}

/** The roles of a release that have a right in it whoever can be reached. */
export function ownRolesHolding(release: Release, capability: ReleaseCapability): RoleName[] {
  return rolesWith(release.permissions, capability).roles.filter(isRoleName);
}

/** Who has a right in a release, for a refusal: those in its roles, and whoever has it in every release. */
export function describeWhoMay(release: Release, capability: ReleaseCapability): Line {
  const others = othersWhoMay(release, capability);
  return describeHolders(release, rolesHolding(release, capability), { others });
}

/** Who has a right in every release by a role of the organization, in words: they can't be mentioned. */
export function othersWhoMay(release: Release, capability: ReleaseCapability): string[] {
  return describeOrganizationRoles(organizationRolesWith(release.permissions, capability));
}

/** Whether a person has a right in a release; a backup has it while the holder can't be reached. */
export function mayDo(release: Release, personId: string | null, capability: ReleaseCapability): boolean {
  const allowed = rolesHolding(release, capability);
  return rolesAnsweredBy(release, personId).some((role) => allowed.includes(role));
}

/** Who can be reached and has a right in a release, each once, by the order of the roles that hold it. */
export function whoMay(release: Release, capability: ReleaseCapability): ReleasePerson[] {
  return reachable(release, rolesHolding(release, capability));
}

/** Who promotes: those who drive the rollout; the release manager when none of them can be reached. */
export function whoPromotes(release: Release): ReleasePerson[] {
  const may = rolesHolding(release, 'rollout.promote');
  const drivers = may.includes('devops_lead') ? reachable(release, ['devops_lead']) : [];
  return drivers.length > 0 ? drivers : reachable(release, may);
}

/** Whoever answers for any of these roles and can be reached, each once, by the order of the roles. */
export function reachable(release: Release, roles: readonly RoleName[]): ReleasePerson[] {
  const people = roles.flatMap((role) => whoAnswersFor(release, role));
  return eachOnce(people.filter(({ isReachable }) => isReachable));
}
