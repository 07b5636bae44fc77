import {
  RELEASE_TYPES,
  type ReleaseType,
  STAKEHOLDER_COMPLEXITIES,
  type StakeholderComplexity,
} from '../plan/planning-arguments.ts';

/** For which releases a communication is; a condition that is left out holds for all. */
export interface Conditions {
  stakeholders?: readonly StakeholderComplexity[];
  types?: readonly ReleaseType[];
}

/** Whether a plan's schedule has it. */
export function appliesTo(
  { stakeholders, types }: Conditions,
  plan: { stakeholders: StakeholderComplexity; type: ReleaseType },
): boolean {
  return (stakeholders?.includes(plan.stakeholders) ?? true) && (types?.includes(plan.type) ?? true);
}

export const INTERNAL_ONLY: readonly StakeholderComplexity[] = ['internal-only'];

/** Whoever has customers: an enterprise and several tenants have them, too, and more (S2 §4). */
export const WITH_CUSTOMERS: readonly StakeholderComplexity[] = STAKEHOLDER_COMPLEXITIES.filter(
  (complexity) => complexity !== 'internal-only',
);

export const ENTERPRISE: readonly StakeholderComplexity[] = ['enterprise'];
export const MULTI_TENANT: readonly StakeholderComplexity[] = ['multi-tenant'];

/** A hotfix is planned the day before and deployed on the same day (S2 §1): nothing comes before T-1. */
export const NOT_HOTFIX: readonly ReleaseType[] = RELEASE_TYPES.filter((type) => type !== 'hotfix');

/** Only these have the phase in which communication is prepared (S2 §1), and so a campaign for customers. */
export const WITH_CAMPAIGN: readonly ReleaseType[] = ['major', 'minor'];

/** Those that bring something new to use (S2 §1); a patch and a hotfix repair what there is. */
export const WITH_FEATURES: readonly ReleaseType[] = ['major', 'minor', 'feature-flag'];

/** The press hears of major releases only (S1 §8.1). */
export const MAJOR: readonly ReleaseType[] = ['major'];
