import { type ReleaseCapability, releaseCapabilities } from '../../core/permissions/capabilities.ts';
import type { RoleName } from '../../core/plan/roles.ts';
import type { Release, ReleasePerson } from '../../db/queries/load-release.ts';
import { eachOnce, whoAnswersFor } from './stand-ins.ts';

/** Who can be reached and has a right in a release, each once, by the order of the roles that hold it. */
export function whoMay(release: Release, capability: ReleaseCapability): ReleasePerson[] {
  return reachable(release, releaseCapabilities[capability].roles);
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
