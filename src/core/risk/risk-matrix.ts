import type { RiskTolerance } from '../plan/planning-arguments.ts';

/** From when on a release does more harm than its risk tolerance accepts (S2 §3, `risk_matrix`). */
export interface RiskLimits {
  /** Share of requests that fail, 0 to 1. */
  errorThreshold: number;
  /** Response time as a multiple of the previous version's. */
  performanceThreshold: number;
}

export const RISK_MATRIX: Readonly<Record<RiskTolerance, RiskLimits>> = {
  low: { errorThreshold: 0.01, performanceThreshold: 1.2 },
  medium: { errorThreshold: 0.05, performanceThreshold: 1.5 },
  high: { errorThreshold: 0.1, performanceThreshold: 2 },
  'zero-downtime': { errorThreshold: 0.001, performanceThreshold: 1.05 },
};

/** `error rate above 1 %, or responses more than 1.2 times as slow as before`. */
export function describeLimits(riskTolerance: RiskTolerance): string {
  const { errorThreshold, performanceThreshold } = RISK_MATRIX[riskTolerance];
  // 0.1 * 100 has no exact double for every share.
  const percent = Number((errorThreshold * 100).toFixed(3));
  return `error rate above ${percent} %, or responses more than ${performanceThreshold} times as slow as before`;
}
