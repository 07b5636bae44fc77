import { command } from '../../core/card/card.ts';
import { type Line, line } from '../../core/card/line.ts';
import { releaseCapabilities } from '../../core/permissions/capabilities.ts';
import { ROLE_NAMES, type RoleName, roleTitle } from '../../core/plan/roles.ts';
import { mayReassign } from '../../core/release/release-state.ts';
import type { Release, ReleasePerson } from '../../db/queries/load-release.ts';
import { listWords } from '../../lib/list-words.ts';
import { type Escalated, whoAnswersFor } from './stand-ins.ts';

/**
 * `Rita Moreno (Release Manager) or Dana Fischer (DevOps Lead)`. Those who can't be reached are named as such; when
 * nobody is left, who can name somebody else, and how. `poll`: who votes in it.
 */
export function describeHolders(release: Release, roles: readonly RoleName[], poll?: Escalated): Line {
  const answering = answeringFor(release, roles, poll);
  const reachable = answering.filter(({ isReachable }) => isReachable);
  const [absent, ...others] = answering.filter(({ isReachable }) => !isReachable);
  if (!absent) return reachable.length > 0 ? listHolders(reachable) : 'nobody yet';
  const gone = `${listWords([absent, ...others].map(withRole))} can't be reached`;
  if (reachable.length > 0) return `${listHolders(reachable)}. ${gone}`;
  return line`nobody at the moment. ${gone}${wayOut(release, absent)}`;
}

/** Who can give the role of somebody who has left to somebody else. */
function wayOut(release: Release, { role }: ReleasePerson): Line {
  if (!mayReassign(release.state)) return '';
  const reassigning = answeringFor(release, releaseCapabilities['release.reassign'].roles);
  const names = reassigning.filter(({ isReachable }) => isReachable).map(withRole);
  const who =
    names.length > 0 ? listWords([...names, 'whoever plans releases'], 'or') : 'Whoever plans releases';
  const reassign = command('release', `reassign ${release.key} ${roleTitle(role)}`);
  return line`. ${who} can name somebody else with ${reassign}`;
}

function answeringFor(release: Release, roles: readonly RoleName[], poll?: Escalated): ReleasePerson[] {
  return ROLE_NAMES.filter((role) => roles.includes(role)).flatMap((role) =>
    whoAnswersFor(release, role, poll),
  );
}

function listHolders(people: readonly ReleasePerson[]): string {
  return listWords(people.map(withRole), 'or');
}

function withRole({ name, role, position }: ReleasePerson): string {
  return position === 'backup' ? `${name} (backup, ${roleTitle(role)})` : `${name} (${roleTitle(role)})`;
}
