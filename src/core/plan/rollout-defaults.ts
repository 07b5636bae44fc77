import type { MetricName } from '../metrics/metric-registry.ts';

/**
 * The default rollout: S1 §2.2, with what it leaves open filled in here and nowhere else.
 *
 * - S1 gives phase 3 no figures ("within SLA"): the SLA is S1 §5.3, error rate < 0.1 %, p95 < 200 ms.
 * - S1 gives phase 4 no soak and no figures: it ends the rollout.
 * - The window is the five minutes over which S1 §6.1 judges the error rate.
 * - 100 requests are the least from which an error rate of 1 % can be told from chance at all.
 */

export const DEFAULT_DRIVER = 'demo';
export const DEFAULT_METRICS = 'demo';
export const DEFAULT_WINDOW = 'PT5M';
export const DEFAULT_MIN_REQUESTS = 100;

export interface DefaultPhase {
  /** Percent of traffic. */
  trafficPercent: number;
  /** How long the phase must hold before the next one: ISO 8601, elapsed time. */
  soak: string;
  /** What is judged before the next phase, in the metric's unit. */
  criteria: readonly { metric: MetricName; below: number }[];
  source: string;
}

export const DEFAULT_PHASES: readonly DefaultPhase[] = [
  { trafficPercent: 1, soak: 'PT24H', criteria: figures(0.1, 200), source: 'S1 §2.2 phase 1' },
  { trafficPercent: 10, soak: 'PT48H', criteria: figures(0.05, 150), source: 'S1 §2.2 phase 2' },
  { trafficPercent: 50, soak: 'PT72H', criteria: figures(0.1, 200), source: 'S1 §2.2 phase 3, §5.3' },
  { trafficPercent: 100, soak: 'PT0S', criteria: [], source: 'S1 §2.2 phase 4' },
];

/** Percent of requests that fail, and the response time in milliseconds. */
function figures(errorRate: number, latency: number): DefaultPhase['criteria'] {
  return [
    { metric: 'error-rate', below: errorRate },
    { metric: 'latency-p95', below: latency },
  ];
}
