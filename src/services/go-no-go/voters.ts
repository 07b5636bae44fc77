import type { RoleName } from '../../core/plan/roles.ts';
import type { Release } from '../../db/queries/load-release.ts';
import type { Poll } from '../../db/queries/polls.ts';
import type { Actor } from '../kernel/context.ts';
import { checkCapability, describeHolders, rolesOf } from '../kernel/permissions.ts';

/** The roles for which someone votes in a poll; none: they don't vote. */
export function rolesInPoll({ release, poll }: { release: Release; poll: Poll }, actor: Actor): RoleName[] {
  if (checkCapability(release, actor, 'poll.vote')) return [];
  return rolesOf(release, actor).filter((role) => poll.roles.includes(role));
}

/** Who votes, for a refusal. */
export function describeVoters({ release, poll }: { release: Release; poll: Poll }): string {
  return describeHolders(release, poll.roles);
}
