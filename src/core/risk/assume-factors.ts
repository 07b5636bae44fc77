import { Temporal } from 'temporal-polyfill';
import type { Plan } from '../plan/plan.ts';
import type { RISK_FACTOR_VALUES, RiskFactor } from '../plan/risk-schema.ts';

type FactorValues = { [Factor in RiskFactor]: (typeof RISK_FACTOR_VALUES)[Factor][number] };

/** A factor that the plan does not give: what is taken instead, and from what it follows; null: nothing is known. */
export type Assumed = { [Factor in RiskFactor]: { value: FactorValues[Factor]; because: string | null } };

/** What the rest of a plan says of the factors. */
export function assumeFactors(plan: Plan): Assumed {
  return {
    codeComplexity: { value: complexityOfType[plan.type], because: `a ${plan.type} release` },
    infrastructureChanges: infrastructure(plan),
    databaseMigrations: { value: 'none', because: null },
    externalDependencies: { value: 'none', because: null },
    teamExperience: { value: experienceOf(plan), because: `${plan.frequency} releases` },
    deploymentTiming: { value: timingOf(plan), because: 'the date and time of go-live' },
  };
}

const complexityOfType: Readonly<Record<Plan['type'], FactorValues['codeComplexity']>> = {
  major: 'high',
  minor: 'medium',
  patch: 'low',
  hotfix: 'low',
  'feature-flag': 'low',
};

function infrastructure({ production }: Plan): Assumed['infrastructureChanges'] {
  return production.includes('infrastructure')
    ? { value: 'small', because: 'the production channel infrastructure' }
    : { value: 'none', because: null };
}

function experienceOf({ frequency }: Plan): FactorValues['teamExperience'] {
  return frequency === 'continuous' || frequency === 'weekly' ? 'experienced' : 'mixed';
}

/** Working hours that leave time to watch it: from 7:00 to 16:00. */
function timingOf({ goLive }: Plan): FactorValues['deploymentTiming'] {
  const { dayOfWeek } = Temporal.PlainDate.from(goLive.date);
  const { hour } = Temporal.PlainTime.from(goLive.time);
  if (dayOfWeek > 5 || hour < 5 || hour >= 22) return 'unfavourable';
  return dayOfWeek === 5 || hour < 7 || hour >= 16 ? 'tight' : 'favourable';
}
