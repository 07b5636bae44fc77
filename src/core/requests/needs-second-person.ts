import type { Permissions } from '../permissions/permissions.ts';
import type { Plan } from '../plan/plan.ts';
import type { RiskTolerance } from '../plan/planning-arguments.ts';

/** Where little may go wrong, nobody promotes to production alone. */
const strict: readonly RiskTolerance[] = ['low', 'zero-downtime'];

/**
 * Whether a promotion takes a second person: as the plan says, or else by its risk tolerance. An organization may want
 * one always, or only where a plan says so.
 */
export function promotionNeedsSecondPerson(
  { rollout, riskTolerance }: Pick<Plan, 'rollout' | 'riskTolerance'>,
  { secondPerson }: Pick<Permissions, 'secondPerson'>,
): boolean {
  switch (secondPerson) {
    case 'always':
      return true;
    case 'by-plan':
      return rollout.secondPerson === true;
    case 'by-risk':
      return rollout.secondPerson ?? strict.includes(riskTolerance);
  }
}
