import { type Line, line } from '../../../core/card/line.ts';
import type { Plan } from '../../../core/plan/plan.ts';
import { assessRisk, type RiskLevel } from '../../../core/risk/assess-risk.ts';

export const riskMarks: Readonly<Record<RiskLevel, string>> = { low: '🟢', medium: '🟡', high: '🔴' };

/** For those who decide: the level of a release's risk, and what to do about it first. */
export function riskLine(plan: Plan): Line {
  const { level, mitigations } = assessRisk(plan);
  const [first] = mitigations;
  return line`${riskMarks[level]} Risk ${level}${first === undefined ? '' : `. ${first}`}`;
}
