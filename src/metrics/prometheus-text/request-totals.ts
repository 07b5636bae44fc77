import type { HistogramBucket } from './histogram-quantile.ts';
import type { RequestCounter } from './request-series.ts';

/** What was counted of one version since it was first seen, restarts of the target evened out. */
export interface RequestTotals {
  requests: number;
  serverErrors: number;
  /** Requests of series without an HTTP code, of which nobody knows how they ended. */
  unknownOutcomes: number;
  /** Cumulative counts by upper bound in seconds. */
  buckets: Map<number, number>;
}

/** Totals before anything was counted. */
export function emptyTotals(): RequestTotals {
  return { requests: 0, serverErrors: 0, unknownOutcomes: 0, buckets: new Map() };
}

/** An independent copy. */
export function copyTotals(totals: RequestTotals): RequestTotals {
  return { ...totals, buckets: new Map(totals.buckets) };
}

/** Adds one counter's increase, in place. */
export function addIncrease(totals: RequestTotals, counter: RequestCounter, increase: number): void {
  if (counter.kind === 'bucket') {
    totals.buckets.set(counter.upperBound, (totals.buckets.get(counter.upperBound) ?? 0) + increase);
    return;
  }
  totals.requests += increase;
  if (counter.outcome === 'server-error') totals.serverErrors += increase;
  if (counter.outcome === 'unknown') totals.unknownOutcomes += increase;
}

/** What came between two totals of the same version. */
export interface RequestIncrease {
  requests: number;
  serverErrors: number;
  unknownOutcomes: number;
  buckets: HistogramBucket[];
}

/** Subtracts the earlier totals from the later ones. */
export function subtractTotals(later: RequestTotals, earlier: RequestTotals): RequestIncrease {
  return {
    requests: later.requests - earlier.requests,
    serverErrors: later.serverErrors - earlier.serverErrors,
    unknownOutcomes: later.unknownOutcomes - earlier.unknownOutcomes,
    buckets: [...later.buckets].map(([upperBound, count]) => ({
      upperBound,
      count: count - (earlier.buckets.get(upperBound) ?? 0),
    })),
  };
}
