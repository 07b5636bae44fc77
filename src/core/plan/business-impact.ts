import type { ReleaseType } from './planning-arguments.ts';

/** How much a release affects the business, and what that asks for (S2 §1, impact_assessment). */
export const BUSINESS_IMPACT: Readonly<Record<ReleaseType, { level: string; asksFor: string }>> = {
  major: { level: 'high', asksFor: 'comprehensive testing and migration planning' },
  minor: { level: 'medium', asksFor: 'standard testing and validation' },
  patch: { level: 'low', asksFor: 'focused testing of what is affected' },
  hotfix: { level: 'critical', asksFor: 'an expedited process with focused validation' },
  'feature-flag': { level: 'variable', asksFor: 'controlled exposure with monitoring' },
};
