import type { RoleName } from '../../core/plan/roles.ts';
import type { Release, ReleasePerson } from '../../db/queries/load-release.ts';
import type { Poll } from '../../db/queries/polls.ts';

type People = Pick<Release, 'people'>;

/** What of a poll says who votes in it for a role that was escalated. */
export type Escalated = Pick<Poll, 'escalatedRoles' | 'votes'>;

/** Each person once, however many roles they have. */
export function eachOnce(people: readonly ReleasePerson[]): ReleasePerson[] {
  return [...new Map(people.map((person) => [person.personId, person])).values()];
}

/**
 * Who answers for a role now: its holders; its backups while no holder can be reached. In a poll that has escalated
 * the role, the backups beside the holders, until a holder has voted. Nobody: an empty list.
 */
export function whoAnswersFor({ people }: People, role: RoleName, poll?: Escalated): ReleasePerson[] {
  const inRole = people.filter((person) => person.role === role);
  const holders = inRole.filter(({ position }) => position === 'holder');
  const backups = inRole.filter(({ position, isReachable }) => position === 'backup' && isReachable);
  if (holders.some(({ isReachable }) => isReachable)) {
    return poll && isEscalated(role, poll) ? [...holders, ...backups] : holders;
  }
  return backups.length > 0 ? backups : holders;
}

function isEscalated(role: RoleName, { escalatedRoles, votes }: Escalated): boolean {
  const hasOwnVote = votes.some((vote) => vote.role === role && vote.inPlaceOf === null);
  return escalatedRoles.includes(role) && !hasOwnVote;
}

/** Whether anybody who answers for some roles can be reached. */
export function canBeReached(release: People, roles: readonly RoleName[]): boolean {
  return roles.some((role) => whoAnswersFor(release, role).some(({ isReachable }) => isReachable));
}

/** The roles for which a person answers now, their own and those for which they stand in; `poll`: in this poll. */
export function rolesAnsweredBy(release: People, personId: string | null, poll?: Escalated): RoleName[] {
  const roles = release.people.filter((person) => person.personId === personId).map(({ role }) => role);
  return [...new Set(roles)].filter((role) =>
    whoAnswersFor(release, role, poll).some((person) => person.personId === personId),
  );
}

/** The holder in whose place a person answers for a role; null when the role is their own. */
export function inPlaceOf(release: People, role: RoleName, personId: string): string | null {
  const inRole = release.people.filter((person) => person.role === role);
  const isOwn = inRole.some((person) => person.personId === personId && person.position === 'holder');
  const holder = inRole.find(({ position }) => position === 'holder');
  return isOwn || !holder ? null : holder.name;
}
