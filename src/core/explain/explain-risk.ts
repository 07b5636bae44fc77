import type { Plan } from '../plan/plan.ts';
import { assessRisk, MOST_POINTS } from '../risk/assess-risk.ts';
import { describeLimits } from '../risk/risk-matrix.ts';
import { derived, type ExplainedPart, either, given } from './explained.ts';

/** The six factors, and what they come to. */
export function explainRisk(plan: Plan): ExplainedPart {
  const { level, score, factors, mitigations, recommendedStrategy } = assessRisk(plan);
  const entries = factors.map(({ title, value, meaning, isGiven, because }) => {
    if (isGiven) return given(title, `${value}: ${meaning}`);
    return because === null
      ? either(title, `${value}: nothing in the plan says otherwise`, { isDefault: true })
      : derived(title, `${value}, by ${because}`, 'S2 §3');
  });
  return {
    title: 'Risk',
    entries: [
      ...entries,
      derived('Level', `${level}, ${score} of ${MOST_POINTS} points`, 'S2 §3'),
      ...(mitigations.length > 0 ? [derived('Mitigations', mitigations.join(' '), 'S2 §3')] : []),
      derived('Recommended strategy', recommendedStrategy, 'S2 §3'),
      derived(
        `Too much at risk tolerance ${plan.riskTolerance}`,
        describeLimits(plan.riskTolerance),
        'S2 §3',
      ),
    ],
  };
}
