import type { MetricName } from '../../core/metrics/metric-registry.ts';
import { shortenAtWord } from '../../lib/shorten-text.ts';
import { histogramQuantile } from './histogram-quantile.ts';
import { type RequestQuery, requestQueries } from './request-queries.ts';
import type { RequestIncrease } from './request-totals.ts';

/** So many codes are named, and so much of each, characters. */
const maxCodes = 3;
const maxCodeLength = 40;

/** What a window says of a metric: its value and the requests that prove it, or why there is none. */
export type Judgement =
  | { kind: 'value'; value: number; requests: number; unproven?: string }
  | { kind: 'no-data'; reason: string };

/**
 * Works out a metric from what a window's counters gained. The value is the worse one of with and without what
 * counters showed after a restart or in a jump, since that may be another instance's; only requests that were seen
 * to be added are a proof.
 */
export function judgeIncrease(input: {
  metric: MetricName;
  windowMs: number;
  all: RequestIncrease;
  witnessed: RequestIncrease;
  /** As in the measurement of the window. */
  unproven?: string | undefined;
}): Judgement {
  const { metric, windowMs, all, witnessed, unproven } = input;
  const { requests } = witnessed;
  const silence = unproven ?? `no requests in the last ${windowMs / 1000} s`;
  if (requests <= 0) return { kind: 'no-data', reason: silence };
  const query = requestQueries[metric];
  if (!query) return { kind: 'no-data', reason: `this source does not measure ${metric}` };
  const values: number[] = [];
  for (const increase of [all, witnessed]) {
    const computed = compute(query, increase);
    if (typeof computed === 'string') return { kind: 'no-data', reason: computed };
    values.push(computed);
  }
  const value = Math.max(...values);
  if (!Number.isFinite(value)) return { kind: 'no-data', reason: `${metric} is not a number` };
  return { kind: 'value', value, requests, ...(unproven !== undefined && { unproven }) };
}

/** The value, or why there is none. */
function compute(query: RequestQuery, increase: RequestIncrease): number | string {
  switch (query.kind) {
    case 'error-ratio':
      return increase.unknown.size > 0 ? describeUnknown(increase) : increase.errors / increase.requests;
    case 'duration-quantile': {
      if (!maySomeHaveBeenAnswered(increase)) return 'none of the requests is known to have been answered';
      const seconds = histogramQuantile(query.quantile, increase.buckets);
      return seconds === Number.POSITIVE_INFINITY ? beyondBuckets(query.quantile, increase) : seconds * 1_000;
    }
  }
}

/** How long failures take is no response time. A page without any codes tells of durations all the same. */
function maySomeHaveBeenAnswered({ requests, errors, unknown }: RequestIncrease): boolean {
  const unclear = [...unknown].reduce((total, [code, count]) => (code === '' ? total : total + count), 0);
  return requests - errors - unclear > 0;
}

function describeUnknown({ unknown }: RequestIncrease): string {
  const codes = [...unknown.keys()].filter((code) => code !== '');
  const named = codes.slice(0, maxCodes).map((code) => `"${shortenAtWord(code, maxCodeLength)}"`);
  const more = codes.length > maxCodes ? ['others'] : [];
  const missing = unknown.has('') ? ['without a code'] : [];
  const kinds = [
    ...(named.length > 0 ? [`with the code ${[...named, ...more].join(', ')}`] : []),
    ...missing,
  ];
  return `it is not known whether requests ${kinds.join(' and ')} failed`;
}

function beyondBuckets(quantile: number, { buckets }: RequestIncrease): string {
  const bounds = buckets.map(({ upperBound }) => upperBound).filter(Number.isFinite);
  const slower = Number((100 - quantile * 100).toFixed(3));
  return `more than ${slower} % of the requests took longer than ${Math.max(...bounds) * 1_000} ms, the largest bucket of the histogram`;
}
