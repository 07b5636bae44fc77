import * as z from 'zod';
import { listWords } from '../../lib/list-words.ts';

/** The six factors of S2 §3 with their values, the least risk first; S2 gives no values, so these are ours. */
export const RISK_FACTOR_VALUES = {
  codeComplexity: ['low', 'medium', 'high'],
  infrastructureChanges: ['none', 'small', 'large'],
  databaseMigrations: ['none', 'reversible', 'irreversible'],
  externalDependencies: ['none', 'updated', 'new'],
  teamExperience: ['experienced', 'mixed', 'new'],
  deploymentTiming: ['favourable', 'tight', 'unfavourable'],
} as const;
export type RiskFactor = keyof typeof RISK_FACTOR_VALUES;

function factorField<const Values extends readonly [string, ...string[]]>(values: Values) {
  return z.enum(values).optional().describe(listWords(values, 'or'));
}

/** What the plan says of its risk. What it leaves out is derived from the rest of the plan. */
export const riskSchema = z
  .strictObject({
    codeComplexity: factorField(RISK_FACTOR_VALUES.codeComplexity),
    infrastructureChanges: factorField(RISK_FACTOR_VALUES.infrastructureChanges),
    databaseMigrations: factorField(RISK_FACTOR_VALUES.databaseMigrations),
    externalDependencies: factorField(RISK_FACTOR_VALUES.externalDependencies),
    teamExperience: factorField(RISK_FACTOR_VALUES.teamExperience),
    deploymentTiming: factorField(RISK_FACTOR_VALUES.deploymentTiming),
  })
  .optional()
  .describe(`risk factors: ${Object.keys(RISK_FACTOR_VALUES).join(', ')}`);
