import { type Line, line } from '../../../core/card/line.ts';
import { mentions } from '../../../core/messages/mention.ts';
import type { RoleName } from '../../../core/plan/roles.ts';
import type { Release, ReleasePerson } from '../../../db/queries/load-release.ts';
import { reachable } from '../../../services/kernel/who-may.ts';

/** People as those who are to act: `@Dana, @Emil`; `nobody` where there is nobody. */
export function mentionAll(people: readonly ReleasePerson[]): Line {
  return people.length === 0 ? 'nobody' : mentions(people);
}

/** Whoever answers for a role, mentioned; its title where nobody does. */
export function mentionRole(release: Release, role: RoleName, title: string): Line {
  const people = reachable(release, [role]);
  return people.length === 0 ? title : line`${mentionAll(people)}`;
}
