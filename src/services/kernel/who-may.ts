import {
  type CapabilityDefinition,
  type ReleaseCapability,
  releaseCapabilities,
} from '../../core/permissions/capabilities.ts';
import type { RoleName } from '../../core/plan/roles.ts';
import type { Release, ReleasePerson } from '../../db/queries/load-release.ts';
import { canBeReached, eachOnce, rolesAnsweredBy, whoAnswersFor } from './stand-ins.ts';

/** The roles that have a right in a release; others as well while nobody in these can be reached. */
export function rolesHolding(release: Release, capability: ReleaseCapability): readonly RoleName[] {
  const { roles, inAbsence = [] }: CapabilityDefinition = releaseCapabilities[capability];
  return canBeReached(release, roles) ? roles : [...roles, ...inAbsence];
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
  const drivers = reachable(release, ['devops_lead']);
  return drivers.length > 0 ? drivers : whoMay(release, 'rollout.promote');
}

/** Whoever answers for any of these roles and can be reached, each once, by the order of the roles. */
export function reachable(release: Release, roles: readonly RoleName[]): ReleasePerson[] {
  const people = roles.flatMap((role) => whoAnswersFor(release, role));
  return eachOnce(people.filter(({ isReachable }) => isReachable));
}
