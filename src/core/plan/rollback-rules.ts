import type { RiskTolerance, Strategy } from './planning-arguments.ts';

/** A rule as somebody writes it: what has to hold, and for how long, for a rollback. */
export interface WrittenRule {
  metric: 'error-rate' | 'latency-p95';
  /** Over this figure, in the metric's unit. */
  above?: number;
  /** Over so many times what the old version has at the same time. */
  timesOld?: number;
  /** Every sample of so long; `PT0S`: the first one. */
  for: string;
  /** It holds in the first phase only. */
  firstPhaseOnly?: boolean;
}

/** S2 §3, the risk matrix: the error rate, percent; how many times slower than before; and whether nobody is asked. */
const matrix: Readonly<Record<RiskTolerance, { errors: number; slower: number; automatic: boolean }>> = {
  'zero-downtime': { errors: 0.1, slower: 1.05, automatic: true },
  low: { errors: 1, slower: 1.2, automatic: true },
  medium: { errors: 5, slower: 1.5, automatic: false },
  high: { errors: 10, slower: 2, automatic: false },
};

/** Whether a rule that is met rolls back by itself; where not, people are asked. */
export function rollsBackItself(riskTolerance: RiskTolerance): boolean {
  return matrix[riskTolerance].automatic;
}

/**
 * The rules where a plan has none of its own. The error rate has the matrix' limit and S1 §6.1's time. The response time has
 * S1 §6.1's limit and time, and the matrix' factor, whichever is met first. S2's alert, over 1 % at once, is for the first
 * phase of a canary.
 */
export function defaultRules(arguments_: {
  riskTolerance: RiskTolerance;
  strategy: Strategy;
}): WrittenRule[] {
  const { errors, slower } = matrix[arguments_.riskTolerance];
  const alert: WrittenRule = { metric: 'error-rate', above: 1, for: 'PT0S', firstPhaseOnly: true };
  return [
    ...(arguments_.strategy === 'canary' ? [alert] : []),
    { metric: 'error-rate', above: errors, for: 'PT5M' },
    { metric: 'latency-p95', above: 1_000, for: 'PT10M' },
    { metric: 'latency-p95', timesOld: slower, for: 'PT10M' },
  ];
}
