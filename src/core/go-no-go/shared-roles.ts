import { listWords } from '../../lib/list-words.ts';
import { type RoleName, roleTitle } from '../plan/roles.ts';

/** A role, and who votes for it. */
export interface RoleVoter {
  role: RoleName;
  personId: string;
  name: string;
}

/** A sentence for everyone who votes for more than one of the roles that a poll asks. */
export function describeSharedRoles(
  voters: readonly RoleVoter[],
  { asked, verb }: { asked: number; verb: 'votes' | 'voted' },
): string[] {
  return [...new Set(voters.map(({ personId }) => personId))].flatMap((personId) => {
    const [first, ...others] = voters.filter((voter) => voter.personId === personId);
    if (!first || others.length === 0) return [];
    const roles = [first, ...others].map(({ role }) => roleTitle(role));
    const all = roles.length === asked;
    return [
      all
        ? `One person, ${first.name}, ${verb} for all ${asked} roles.`
        : `${first.name} ${verb} for ${roles.length} roles: ${listWords(roles)}.`,
    ];
  });
}
