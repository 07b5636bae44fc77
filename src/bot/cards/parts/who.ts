import { mention } from '../../../core/card/card.ts';
import { type Line, line } from '../../../core/card/line.ts';
import { type ReleaseCapability, releaseCapabilities } from '../../../core/permissions/capabilities.ts';
import type { RoleName } from '../../../core/plan/roles.ts';
import type { Release, ReleasePerson } from '../../../db/queries/load-release.ts';
import { whoAnswersFor } from '../../../services/kernel/stand-ins.ts';

/** Whoever answers for a role and can be reached; nobody where there is no such person. */
export function reachable(release: Release, role: RoleName): ReleasePerson[] {
  return whoAnswersFor(release, role).filter(({ isReachable }) => isReachable);
}

/** Everyone who may ask for something, each once, in the order of the roles. */
export function everyoneWhoCan(release: Release, capability: ReleaseCapability): ReleasePerson[] {
  const people = releaseCapabilities[capability].roles.flatMap((role) => reachable(release, role));
  return [...new Map(people.map((person) => [person.personId, person])).values()];
}

/** Who starts a promotion: whoever deploys, else whoever leads the release; nobody: an empty list. */
export function whoPromotes(release: Release): ReleasePerson[] {
  const deploying = reachable(release, 'devops_lead');
  return deploying.length > 0 ? deploying : reachable(release, 'release_manager');
}

/** People as those who are to act: `@Dana, @Emil`; `nobody` where there is nobody. */
export function mentions(people: readonly ReleasePerson[]): Line {
  const named = people.map((person) => mention(person));
  return named.length === 0 ? 'nobody' : named.flatMap((one, index) => (index === 0 ? [one] : [', ', one]));
}

/** Whoever answers for a role, mentioned; its title where nobody does. */
export function mentionRole(release: Release, role: RoleName, title: string): Line {
  const people = reachable(release, role);
  return people.length === 0 ? title : line`${mentions(people)}`;
}
