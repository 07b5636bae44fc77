import type { MetricName } from '../../core/metrics/metric-registry.ts';

/** What is computed from counted requests. */
export type RequestQuery =
  /** The ratio, 0 to 1, of requests that ended in an error that is not the client's. */
  | { kind: 'error-ratio' }
  /** The duration in milliseconds within which the ratio `quantile` of all requests ended. */
  | { kind: 'duration-quantile'; quantile: number };

/** The metrics that this source can answer, and how. There is no data for any other. */
export const requestQueries: Readonly<Partial<Record<MetricName, RequestQuery>>> = {
  'error-rate': { kind: 'error-ratio' },
  'latency-p95': { kind: 'duration-quantile', quantile: 0.95 },
};
