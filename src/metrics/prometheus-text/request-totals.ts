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

/**
 * What totals were at an instant. It holds the counts alone, since it is kept of each scrape; their codes and bounds
 * are those of the totals, to which others are only ever added at the end.
 */
export interface FrozenTotals {
  of: RequestTotals;
  requests: number;
  errors: number;
  unknown: Float64Array;
  buckets: Float64Array;
}

/** Keeps what totals are now, whatever is added to them afterwards. */
export function freezeTotals(of: RequestTotals): FrozenTotals {
  const { requests, errors, unknown, buckets } = of;
  return {
    ...{ of, requests, errors },
    unknown: Float64Array.from(unknown.values()),
    buckets: Float64Array.from(buckets.values()),
  };
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

/** Subtracts the earlier totals from the later ones of the same version. */
export function subtractTotals(later: FrozenTotals, earlier: FrozenTotals): RequestIncrease {
  const codes = [...later.of.unknown.keys()];
  const bounds = [...later.of.buckets.keys()];
  const unknown = codes.map((code, index): [string, number] => {
    return [code, (later.unknown[index] ?? 0) - (earlier.unknown[index] ?? 0)];
  });
  return {
    requests: later.requests - earlier.requests,
    errors: later.errors - earlier.errors,
    unknown: new Map(unknown.filter(([, count]) => count > 0)),
    buckets: bounds.map((upperBound, index) => ({
      upperBound,
      count: (later.buckets[index] ?? 0) - (earlier.buckets[index] ?? 0),
    })),
  };
}

/** Leaves a part out of an increase of the same version. */
export function subtractIncrease(from: RequestIncrease, part: RequestIncrease): RequestIncrease {
  const unknown = [...from.unknown].map(([code, count]): [string, number] => {
    return [code, count - (part.unknown.get(code) ?? 0)];
  });
  const buckets = new Map(part.buckets.map(({ upperBound, count }) => [upperBound, count]));
  return {
    requests: from.requests - part.requests,
    errors: from.errors - part.errors,
    unknown: new Map(unknown.filter(([, count]) => count > 0)),
    buckets: from.buckets.map(({ upperBound, count }) => ({
      upperBound,
      count: count - (buckets.get(upperBound) ?? 0),
    })),
  };
}
