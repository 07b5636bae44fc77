/** How many observations were at most `upperBound`; cumulative, as Prometheus writes them. */
export interface HistogramBucket {
  /** In the histogram's own unit; `Infinity` for the last. */
  upperBound: number;
  count: number;
}

/**
 * The value below which a fraction `quantile` (0 to 1) of the observations lies, computed as Prometheus'
 * `histogram_quantile` does: linear within a bucket, the first bucket starting at 0. NaN without observations
 * or without a `+Inf` bucket. Infinity when it lies beyond the highest finite bound: Prometheus gives that bound
 * then, which serves a graph, but for a gate it would be a value that is lower than the truth.
 */
export function histogramQuantile(quantile: number, buckets: readonly HistogramBucket[]): number {
  const sorted = makeMonotonic([...buckets].sort((a, b) => a.upperBound - b.upperBound));
  const last = sorted.at(-1);
  if (last === undefined || sorted.length < 2) return Number.NaN;
  if (last.upperBound !== Number.POSITIVE_INFINITY || !(last.count > 0)) return Number.NaN;

  const rank = quantile * last.count;
  const index = sorted.findIndex((bucket) => bucket.count >= rank);
  const bucket = sorted[index];
  if (bucket === undefined || bucket === last) return Number.POSITIVE_INFINITY;
  return interpolate({ rank, bucket, below: sorted[index - 1] });
}

function interpolate(position: {
  rank: number;
  bucket: HistogramBucket;
  below: HistogramBucket | undefined;
}): number {
  const { rank, bucket, below } = position;
  if (below === undefined && bucket.upperBound <= 0) return bucket.upperBound;
  const start = below?.upperBound ?? 0;
  const countBelow = below?.count ?? 0;
  const count = bucket.count - countBelow;
  return start + (bucket.upperBound - start) * ((rank - countBelow) / count);
}

/** A scrape is not atomic: a bucket may have been read a moment before the one below it. */
function makeMonotonic(sorted: HistogramBucket[]): HistogramBucket[] {
  let highest = 0;
  return sorted.map(({ upperBound, count }) => {
    highest = Math.max(highest, count);
    return { upperBound, count: highest };
  });
}
