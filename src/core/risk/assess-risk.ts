import type { Plan } from '../plan/plan.ts';
import type { RiskTolerance, Strategy } from '../plan/planning-arguments.ts';
import { RISK_FACTOR_VALUES, type RiskFactor } from '../plan/risk-schema.ts';
import { assumeFactors } from './assume-factors.ts';
import { pointsOf, RISK_FACTOR_WORDS, RISK_FACTORS } from './risk-factors.ts';

export const RISK_LEVELS = ['low', 'medium', 'high'] as const;
export type RiskLevel = (typeof RISK_LEVELS)[number];

/** One factor of a release. */
export interface AssessedFactor {
  factor: RiskFactor;
  title: string;
  value: string;
  /** What the value means. */
  meaning: string;
  /** 0 to 2. */
  points: number;
  /** Whether the plan gives it; else from what it follows, null where nothing is known of it. */
  isGiven: boolean;
  because: string | null;
}

export interface RiskAssessment {
  level: RiskLevel;
  /** 0 to 12: the points of all factors. */
  score: number;
  factors: AssessedFactor[];
  /** What to do, for what adds most to the risk first. */
  mitigations: string[];
  recommendedStrategy: Strategy;
  /** Whether it is more than the plan's risk tolerance accepts. */
  exceedsTolerance: boolean;
}

export const MOST_POINTS = RISK_FACTORS.length * 2;

/** From how many points on a level begins. Ours: S2 leaves `calculate_risk_score` open. */
const levelsFrom = { medium: 4, high: 8 } as const;

/** By what S2 §2 says of each strategy: resources, undone at once, and met by few users first. */
const strategyFor: Readonly<Record<RiskLevel, Strategy>> = {
  low: 'rolling',
  medium: 'blue-green',
  high: 'canary',
};

const accepted: Readonly<Record<RiskTolerance, RiskLevel>> = {
  'zero-downtime': 'low',
  low: 'low',
  medium: 'medium',
  high: 'high',
};

/** The six factors of a plan, what they add up to, and what follows (S2 §3, `assess_deployment_risk`). */
export function assessRisk(plan: Plan): RiskAssessment {
  const assumed = assumeFactors(plan);
  const factors = RISK_FACTORS.map((factor) => assess(factor, plan.risk?.[factor], assumed[factor]));
  const score = factors.reduce((sum, { points }) => sum + points, 0);
  const level = levelOf(score, factors);
  const isMore = RISK_LEVELS.indexOf(level) > RISK_LEVELS.indexOf(accepted[plan.riskTolerance]);
  return {
    level,
    score,
    factors,
    mitigations: mitigationsFor(factors),
    recommendedStrategy: strategyFor[level],
    exceedsTolerance: isMore,
  };
}

function assess(
  factor: RiskFactor,
  given: string | undefined,
  assumed: { value: string; because: string | null },
): AssessedFactor {
  const value = given ?? assumed.value;
  const { title, meanings } = RISK_FACTOR_WORDS[factor];
  const points = pointsOf(factor, value);
  const isGiven = given !== undefined;
  const meaning = meanings[points] ?? value;
  return { factor, title, value, meaning, points, isGiven, because: isGiven ? null : assumed.because };
}

/** One factor at its highest makes the risk at least medium, however small the others are. */
function levelOf(score: number, factors: readonly AssessedFactor[]): RiskLevel {
  if (score >= levelsFrom.high) return 'high';
  return score >= levelsFrom.medium || factors.some(({ points }) => points === 2) ? 'medium' : 'low';
}

function mitigationsFor(factors: readonly AssessedFactor[]): string[] {
  const [two, one] = [2, 1].map((points) => factors.filter((each) => each.points === points));
  return [...(two ?? []), ...(one ?? [])].map(
    ({ factor, points }) => RISK_FACTOR_WORDS[factor].mitigations[points === 2 ? 1 : 0],
  );
}

/** `databaseMigrations` has the values `none`, `reversible`, `irreversible`, each with its meaning. */
export function valuesOf(factor: RiskFactor): { value: string; meaning: string }[] {
  const { meanings } = RISK_FACTOR_WORDS[factor];
  return RISK_FACTOR_VALUES[factor].map((value, index) => ({ value, meaning: meanings[index] ?? value }));
}
