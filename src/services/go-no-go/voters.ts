import type { Line } from '../../core/card/line.ts';
import { releaseCapabilities } from '../../core/permissions/capabilities.ts';
import type { RoleName } from '../../core/plan/roles.ts';
import type { Release } from '../../db/queries/load-release.ts';
import type { Poll } from '../../db/queries/polls.ts';
import { describeHolders } from '../kernel/describe-holders.ts';
import { inPlaceOf, rolesAnsweredBy } from '../kernel/stand-ins.ts';

const voting: readonly RoleName[] = releaseCapabilities['poll.vote'].roles;

/** The roles for which someone votes in a poll; none: they don't vote. */
export function rolesInPoll(
  { release, poll }: { release: Release; poll: Poll },
  personId: string | null,
): RoleName[] {
  const answered = rolesAnsweredBy(release, personId, poll);
  const roles = answered.filter((role) => voting.includes(role) && poll.roles.includes(role));
  if (!release.plan.goNoGo.distinctPeople || personId === null) return roles;
  // Where each role needs a person of its own, nobody stands in beside their own vote or for two; and
  // whoever has voted has no second vote while that stands, whatever roles they have got since.
  const voted = poll.votes.filter((vote) => vote.personId === personId).map(({ role }) => role);
  if (voted.length > 0) return roles.filter((role) => voted.includes(role));
  const own = roles.filter((role) => inPlaceOf(release, role, personId) === null);
  return own.length > 0 ? own : roles.slice(0, 1);
}

/** Who votes, for a refusal. */
export function describeVoters({ release, poll }: { release: Release; poll: Poll }): Line {
  return describeHolders(release, poll.roles, { poll });
}
