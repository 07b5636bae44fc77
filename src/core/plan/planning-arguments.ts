import * as z from 'zod';
import { listWords } from '../../lib/list-words.ts';

/** The six arguments that shape the defaults of a plan (S2 front matter). Each list is whole, in S2's order. */

export const RELEASE_TYPES = ['major', 'minor', 'patch', 'hotfix', 'feature-flag'] as const;
export const STRATEGIES = ['blue-green', 'canary', 'rolling', 'big-bang', 'feature-toggle'] as const;
export const TEAM_SIZES = ['small', 'medium', 'large', 'distributed'] as const;
export const FREQUENCIES = ['continuous', 'weekly', 'monthly', 'quarterly'] as const;
export const RISK_TOLERANCES = ['low', 'medium', 'high', 'zero-downtime'] as const;
export const STAKEHOLDER_COMPLEXITIES = [
  'internal-only',
  'customer-facing',
  'enterprise',
  'multi-tenant',
] as const;

export type ReleaseType = (typeof RELEASE_TYPES)[number];
export type Strategy = (typeof STRATEGIES)[number];
export type TeamSize = (typeof TEAM_SIZES)[number];
export type Frequency = (typeof FREQUENCIES)[number];
export type RiskTolerance = (typeof RISK_TOLERANCES)[number];
export type StakeholderComplexity = (typeof STAKEHOLDER_COMPLEXITIES)[number];

/** S2 has no defaults; these are the ones for a team that says nothing: the middle, and nobody outside is written to. */
export const DEFAULT_ARGUMENTS = {
  type: 'minor',
  teamSize: 'medium',
  frequency: 'monthly',
  riskTolerance: 'medium',
  stakeholders: 'internal-only',
} as const satisfies {
  type: ReleaseType;
  teamSize: TeamSize;
  frequency: Frequency;
  riskTolerance: RiskTolerance;
  stakeholders: StakeholderComplexity;
};

/** The fields of a plan; its strategy is a field of its rollout. */
export const planningArgumentFields = {
  type: z
    .enum(RELEASE_TYPES)
    .default(DEFAULT_ARGUMENTS.type)
    .describe(`a release type: ${RELEASE_TYPES.join(', ')}`),
  teamSize: z
    .enum(TEAM_SIZES)
    .default(DEFAULT_ARGUMENTS.teamSize)
    .describe('the size of the team: small (2 to 5), medium (6 to 15), large (more than 15) or distributed'),
  frequency: z
    .enum(FREQUENCIES)
    .default(DEFAULT_ARGUMENTS.frequency)
    .describe(`how often the product is released: ${listWords(FREQUENCIES, 'or')}`),
  riskTolerance: z
    .enum(RISK_TOLERANCES)
    .default(DEFAULT_ARGUMENTS.riskTolerance)
    .describe(`how much risk is acceptable: ${listWords(RISK_TOLERANCES, 'or')}`),
  stakeholders: z
    .enum(STAKEHOLDER_COMPLEXITIES)
    .default(DEFAULT_ARGUMENTS.stakeholders)
    .describe(`whom the release concerns: ${listWords(STAKEHOLDER_COMPLEXITIES, 'or')}`),
};
