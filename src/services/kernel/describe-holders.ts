import { command } from '../../core/card/card.ts';
import { type Line, line } from '../../core/card/line.ts';
import { rolesWith } from '../../core/permissions/permissions.ts';
import { isRoleName, ROLE_NAMES, type RoleName, roleTitle } from '../../core/plan/roles.ts';
import { mayReassign } from '../../core/release/release-state.ts';
import type { Release, ReleasePerson } from '../../db/queries/load-release.ts';
import { listWords } from '../../lib/list-words.ts';
import { type Escalated, whoAnswersFor } from './stand-ins.ts';

/**
 * `Rita Moreno (Release Manager) or Dana Fischer (DevOps Lead)`. Those who can't be reached are named as such; when
 * nobody is left, who can name somebody else, and how. `poll`: who votes in it. `others`: who is named in addition.
 */
export function describeHolders(
  release: Release,
  roles: readonly RoleName[],
  { poll, others = [] }: { poll?: Escalated; others?: readonly string[] } = {},
): Line {
  const answering = answeringFor(release, roles, poll);
  const reachable = answering.filter(({ isReachable }) => isReachable);
  const [absent, ...alsoAbsent] = answering.filter(({ isReachable }) => !isReachable);
  const able = [...reachable.map(withRole), ...others];
  if (!absent) return able.length > 0 ? listWords(able, 'or') : 'nobody yet';
  const gone = `${listWords([absent, ...alsoAbsent].map(withRole))} can't be reached`;
  if (able.length > 0) return `${listWords(able, 'or')}. ${gone}`;
  return line`nobody at the moment. ${gone}${wayOut(release, absent)}`;
}

/** Who can give the role of somebody who has left to somebody else. */
function wayOut(release: Release, { role }: ReleasePerson): Line {
  if (!mayReassign(release.state)) return '';
  const { roles } = rolesWith(release.permissions, 'release.reassign');
  const reassigning = answeringFor(release, roles.filter(isRoleName));
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

function withRole({ name, role, position }: ReleasePerson): string {
  return position === 'backup' ? `${name} (backup, ${roleTitle(role)})` : `${name} (${roleTitle(role)})`;
}
