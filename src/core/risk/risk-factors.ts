import { RISK_FACTOR_VALUES, type RiskFactor } from '../plan/risk-schema.ts';

/** A factor of S2 §3 (`assess_deployment_risk`) as people read it. */
export interface RiskFactorWords {
  /** As S2 calls it. */
  seedName: string;
  title: string;
  /** What each value means, in the order of `RISK_FACTOR_VALUES`. */
  meanings: readonly [string, string, string];
  /** What to do about it, while its value is not the least; the last one is for the highest value. */
  mitigations: readonly [middle: string, highest: string];
}

/** In S2's order. S2 names the factors and leaves values and mitigations open; those are ours. */
export const RISK_FACTOR_WORDS: Readonly<Record<RiskFactor, RiskFactorWords>> = {
  codeComplexity: {
    seedName: 'code_complexity',
    title: 'Code complexity',
    meanings: ['a small change to well-known code', 'several parts change', 'core code or many parts change'],
    mitigations: [
      'Run the full regression tests on what changes.',
      'Have a second engineer review the riskiest change, and run the full regression tests.',
    ],
  },
  infrastructureChanges: {
    seedName: 'infrastructure_changes',
    title: 'Infrastructure changes',
    meanings: ['none', 'a change of settings or capacity', 'new or replaced infrastructure'],
    mitigations: [
      'Apply the infrastructure change in staging first.',
      'Rehearse the infrastructure change in staging, and how to undo it.',
    ],
  },
  databaseMigrations: {
    seedName: 'database_migrations',
    title: 'Database migrations',
    meanings: ['none', 'can be undone', "can't be undone"],
    mitigations: [
      'Rehearse the migration and its reversal on a copy of production data.',
      'Split the migration so that the previous version works with the new schema, and take a backup first.',
    ],
  },
  externalDependencies: {
    seedName: 'external_dependencies',
    title: 'External dependencies',
    meanings: ['none change', 'one or more are updated', 'one or more are new'],
    mitigations: [
      'Test against the new versions of the dependencies in staging.',
      "Agree limits and support with the new dependency's provider, and have a fallback.",
    ],
  },
  teamExperience: {
    seedName: 'team_experience',
    title: 'Team experience',
    meanings: ['the team often does such releases', 'some have done such a release', 'nobody has done one'],
    mitigations: [
      'Put somebody who has done such a release on each shift.',
      'Rehearse the runbook, and pair with somebody who has done such a release.',
    ],
  },
  deploymentTiming: {
    seedName: 'deployment_timing',
    title: 'Deployment timing',
    meanings: [
      'working hours from Monday to Thursday',
      'a Friday or outside working hours',
      'a weekend, the night or a business peak',
    ],
    mitigations: [
      'Name who watches the release after working hours.',
      'Move go-live to working hours from Monday to Thursday, or staff the hours after it.',
    ],
  },
};

export const RISK_FACTORS = Object.keys(RISK_FACTOR_WORDS) as RiskFactor[];

/** Of a factor: 0, 1 or 2 points, by the place of its value. */
export function pointsOf(factor: RiskFactor, value: string): number {
  return Math.max(0, (RISK_FACTOR_VALUES[factor] as readonly string[]).indexOf(value));
}
