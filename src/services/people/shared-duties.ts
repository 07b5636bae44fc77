import { rolesVotingTogether } from '../../core/go-no-go/roles-voting-together.ts';
import { roleTitle } from '../../core/plan/roles.ts';
import type { Release } from '../../db/queries/load-release.ts';

/**
 * Why two people can't become one: a clause for each release whose plan requires a different person for each role
 * that votes, and in which they hold different ones.
 */
export function describeSharedDuties(
  releases: readonly Release[],
  [one, other]: readonly [string, string],
): string[] {
  return releases.flatMap(({ key, plan, people }) => {
    if (!plan.goNoGo.distinctPeople) return [];
    const heldBy = (personId: string) =>
      people
        .filter((person) => person.personId === personId && person.position === 'holder')
        .map(({ role }) => role);
    const pairs = rolesVotingTogether(plan).flatMap((roles) => {
      const first = heldBy(one).find((role) => roles.includes(role));
      const second = heldBy(other).find((role) => role !== first && roles.includes(role));
      return first === undefined || second === undefined ? [] : [[first, second] as const];
    });
    const [pair] = pairs;
    if (!pair) return [];
    return [
      `they are ${roleTitle(pair[0])} and ${roleTitle(pair[1])} of ${key}, whose plan requires a different person for each role`,
    ];
  });
}
