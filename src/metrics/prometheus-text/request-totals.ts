import type { HistogramBucket } from './histogram-quantile.ts';
import type { RequestCounter } from './request-series.ts';

/** What was counted of one version since it was first seen, restarts of the target evened out. */
export interface RequestTotals {
  requests: number;
  errors: number;
  /** Requests of which nobody knows how they ended, by their code; it is empty where they have none. */
  unknown: Map<string, number>;
  /** Cumulative counts by upper bound in seconds. */
  buckets: Map<number, number>;
}

/** Totals before anything was counted. */
export function emptyTotals(): RequestTotals {
  return { requests: 0, errors: 0, unknown: new Map(), buckets: new Map() };
}

/** An independent copy. */
export function copyTotals(totals: RequestTotals): RequestTotals {
  return { ...totals, unknown: new Map(totals.unknown), buckets: new Map(totals.buckets) };
}

/** Adds one counter's increase, in place. */
export function addIncrease(totals: RequestTotals, counter: RequestCounter, increase: number): void {
  if (counter.kind === 'bucket') {
    addTo(totals.buckets, counter.upperBound, increase);
    return;
  }
  totals.requests += increase;
  if (counter.outcome === 'error') totals.errors += increase;
  if (counter.outcome === 'unknown') addTo(totals.unknown, counter.code, increase);
}

function addTo<Key>(counts: Map<Key, number>, key: Key, increase: number): void {
  counts.set(key, (counts.get(key) ?? 0) + increase);
}

/** What came between two totals of the same version. */
export interface RequestIncrease {
  requests: number;
  errors: number;
  /** As in the totals; without the codes that no request ended with. */
  unknown: ReadonlyMap<string, number>;
  buckets: HistogramBucket[];
}

/** Subtracts the earlier totals from the later ones. */
export function subtractTotals(later: RequestTotals, earlier: RequestTotals): RequestIncrease {
  const unknown = [...later.unknown].map(([code, count]): [string, number] => {
    return [code, count - (earlier.unknown.get(code) ?? 0)];
  });
  return {
    requests: later.requests - earlier.requests,
    errors: later.errors - earlier.errors,
    unknown: new Map(unknown.filter(([, count]) => count > 0)),
    buckets: [...later.buckets].map(([upperBound, count]) => ({
      upperBound,
      count: count - (earlier.buckets.get(upperBound) ?? 0),
    })),
  };
}
