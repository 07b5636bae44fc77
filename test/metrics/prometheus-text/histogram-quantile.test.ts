import { describe, expect, it } from 'vitest';
import { histogramQuantile } from '../../../src/metrics/prometheus-text/histogram-quantile.ts';

const inf = Number.POSITIVE_INFINITY;

function buckets(...pairs: [number, number][]) {
  return pairs.map(([upperBound, count]) => ({ upperBound, count }));
}

/** Expected figures worked out by the rules of Prometheus' documentation of `histogram_quantile`. */
describe('histogramQuantile', () => {
  it.each([
    ['interpolates within a bucket', 0.5, buckets([1, 10], [2, 30], [inf, 30]), 1.25],
    ['starts the first bucket at zero', 0.5, buckets([1, 10], [inf, 10]), 0.5],
    ['ends exactly at a bound', 0.9, buckets([0.1, 90], [0.5, 100], [inf, 100]), 0.1],
    ['reads the 95th percentile', 0.95, buckets([0.1, 90], [0.5, 100], [inf, 100]), 0.3],
    ['is infinite beyond the highest finite bound', 0.95, buckets([0.1, 90], [inf, 100]), inf],
    ['is infinite when all are beyond it', 0.5, buckets([1, 0], [inf, 4]), inf],
    ['sorts buckets', 0.95, buckets([inf, 100], [0.5, 100], [0.1, 90]), 0.3],
    ['takes a falling bucket as level', 0.95, buckets([0.1, 90], [0.2, 89], [0.5, 100], [inf, 100]), 0.35],
    ['does not interpolate below zero', 0.1, buckets([-1, 10], [1, 20], [inf, 20]), -1],
    ['skips empty buckets', 0.5, buckets([1, 0], [2, 0], [4, 10], [inf, 10]), 3],
  ])('%s', (_name, quantile, given, expected) => {
    expect(histogramQuantile(quantile, given)).toBeCloseTo(expected, 10);
  });

  it.each([
    ['no buckets', []],
    ['only the +Inf bucket', buckets([inf, 3])],
    ['no +Inf bucket', buckets([1, 3], [2, 3])],
    ['no observations', buckets([1, 0], [inf, 0])],
    ['counts that are not numbers', buckets([1, Number.NaN], [inf, Number.NaN])],
  ])('is NaN with %s', (_name, given) => {
    expect(histogramQuantile(0.95, given)).toBeNaN();
  });
});
