import type { Line } from '../../core/card/line.ts';
import type { RoleName } from '../../core/plan/roles.ts';
import type { Release } from '../../db/queries/load-release.ts';
import type { Poll } from '../../db/queries/polls.ts';
import type { Actor } from '../kernel/context.ts';
import { describeHolders } from '../kernel/describe-holders.ts';
import { checkCapability, rolesOf } from '../kernel/permissions.ts';
import { inPlaceOf } from '../kernel/stand-ins.ts';

/** The roles for which someone votes in a poll; none: they don't vote. */
export function rolesInPoll({ release, poll }: { release: Release; poll: Poll }, actor: Actor): RoleName[] {
  if (checkCapability(release, actor, 'poll.vote')) return [];
  const roles = rolesOf(release, actor).filter((role) => poll.roles.includes(role));
  if (!release.plan.goNoGo.distinctPeople || actor.kind !== 'person') return roles;
  // Where each role needs a person of its own, nobody stands in beside their own vote or for two.
  const own = roles.filter((role) => inPlaceOf(release, role, actor.personId) === null);
  return own.length > 0 ? own : roles.slice(0, 1);
}

/** Who votes, for a refusal. */
export function describeVoters({ release, poll }: { release: Release; poll: Poll }): Line {
  return describeHolders(release, poll.roles);
}
