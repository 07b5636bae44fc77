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
    const { distinctPeople, roles } = plan.goNoGo;
    if (!distinctPeople) return [];
    const heldBy = (personId: string) =>
      people
        .filter((person) => person.personId === personId && person.position === 'holder')
        .map(({ role }) => role)
        .filter((role) => roles.includes(role));
    const [first] = heldBy(one);
    const second = heldBy(other).find((role) => role !== first);
    if (first === undefined || second === undefined) return [];
    return [
      `they are ${roleTitle(first)} and ${roleTitle(second)} of ${key}, whose plan requires a different person for each role`,
    ];
  });
}
