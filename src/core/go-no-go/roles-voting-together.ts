import type { Plan } from '../plan/plan.ts';
import type { RoleName } from '../plan/roles.ts';

/** The roles that have a weight in one poll of a plan: of its regular polls, and of the decision on a hotfix where that has roles of its own. */
export function rolesVotingTogether({
  goNoGo,
  type,
}: Pick<Plan, 'goNoGo' | 'type'>): (readonly RoleName[])[] {
  const { roles, emergency } = goNoGo;
  return type === 'hotfix' && emergency ? [roles, emergency.roles] : [roles];
}
