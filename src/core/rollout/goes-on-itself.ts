import type { Permissions } from '../permissions/permissions.ts';
import type { Plan } from '../plan/plan.ts';
import { promotionNeedsSecondPerson } from '../requests/needs-second-person.ts';

/**
 * Whether tminus goes on to the next phase by itself, as the plan says. Never where a promotion takes a second person: what
 * two people have to agree on is not for a clock to do. The first phase is always begun by people.
 */
export function goesOnItself(
  plan: Pick<Plan, 'rollout' | 'riskTolerance'>,
  permissions: Pick<Permissions, 'secondPerson'>,
): boolean {
  return plan.rollout.progress === 'automatic' && !promotionNeedsSecondPerson(plan, permissions);
}
