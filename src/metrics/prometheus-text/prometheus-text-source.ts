import { LONGEST_WINDOW_MS } from '../../core/calendar/duration-patterns.ts';
import { type MetricName, metricRegistry, type RequestQuery } from '../../core/metrics/metric-registry.ts';
import { type Clock, systemClock } from '../../lib/clock.ts';
import { errorMessage } from '../../lib/error-message.ts';
import type { MetricReading, MetricSource } from '../../services/ports/metric-source.ts';
import { createMetricsFetcher, type FetchMetricsText } from './fetch-metrics-text.ts';
import { histogramQuantile } from './histogram-quantile.ts';
import { parsePrometheusText } from './prometheus-text.ts';
import { createRequestHistory } from './request-history.ts';
import { selectRequestSamples, tellsOfRequests } from './request-series.ts';
import type { RequestIncrease } from './request-totals.ts';

const scrapeIntervalMs = 1_000;
const fetchTimeoutMs = 2_000;
const maxPageBytes = 4 * 1024 * 1024;
/** A little longer than the longest window, at whose very start there may be no sample. */
const retentionMs = LONGEST_WINDOW_MS + 60_000;
const historyLimits = { retentionMs, maxSeries: 5_000, maxVersions: 50 };
const whatMatters = { matters: tellsOfRequests, maxSamples: historyLimits.maxSeries };

export interface PrometheusTextSourceOptions {
  /** The metrics page; nothing else is ever requested. Checked by `PrometheusTextSettings`. */
  url: string;
  /** For tests. Windows are of its wall time. */
  clock?: Pick<Clock, 'wall'>;
  /** For tests. */
  fetchMetricsText?: FetchMetricsText;
}

/** A metric source that keeps its own samples; call `start` so that it has some when asked. */
export interface ScrapingMetricSource extends MetricSource {
  /** Scrapes every second from now on, without keeping the process alive. */
  start(): void;
  /** Ends the scraping; resolves once the scrape under way is over. */
  stop(): Promise<void>;
}

type ScrapeResult = { ok: true; at: number } | { ok: false; reason: string };

/**
 * Reads `http_request_duration_seconds` (labels `version`, `code`) from a page in the Prometheus text
 * format. Errors are requests answered with 5xx; durations are of all requests, whatever their answer. A reading is never older than a second: what was scraped before is scraped
 * again first, and when that fails the answer is `no-data`, not the old value. After a start, `no-data`
 * until samples span the window.
 */
export function createPrometheusTextSource(options: PrometheusTextSourceOptions): ScrapingMetricSource {
  const clock = options.clock ?? systemClock;
  const fetchText =
    options.fetchMetricsText ??
    createMetricsFetcher({ url: options.url, timeoutMs: fetchTimeoutMs, maxBytes: maxPageBytes });
  const history = createRequestHistory(historyLimits);
  const source = describeSource(options.url);
  let latest: ScrapeResult = { ok: false, reason: 'not scraped yet' };
  let underWay: Promise<ScrapeResult> | undefined;
  let timer: NodeJS.Timeout | undefined;

  const scrapeOnce = async (): Promise<ScrapeResult> => {
    try {
      const samples = selectRequestSamples(parsePrometheusText(await fetchText(), whatMatters));
      const at = clock.wall();
      history.record(at, samples);
      return { ok: true, at };
    } catch (error) {
      return { ok: false, reason: errorMessage(error) };
    }
  };

  // One scrape at a time: whoever asks meanwhile gets its result.
  const scrape = (): Promise<ScrapeResult> => {
    underWay ??= scrapeOnce().then((result) => {
      latest = result;
      underWay = undefined;
      return result;
    });
    return underWay;
  };

  const isFresh = (): boolean => {
    if (!latest.ok) return false;
    const age = clock.wall() - latest.at;
    return age >= 0 && age <= scrapeIntervalMs;
  };

  return {
    query: async ({ metric, target: { version }, windowMs }) => {
      const result = isFresh() ? latest : await scrape();
      if (!result.ok) return { kind: 'no-data', reason: result.reason, source };
      const measured = history.measure({ version, windowMs });
      if (measured.kind === 'no-data') return { ...measured, source };
      return judge({ metric, increase: measured.increase, windowMs, at: measured.at, source });
    },
    start: () => {
      if (timer !== undefined) return;
      void scrape();
      timer = setInterval(() => void scrape(), scrapeIntervalMs).unref();
    },
    stop: async () => {
      clearInterval(timer);
      timer = undefined;
      await underWay;
    },
  };
}

function judge(measured: {
  metric: MetricName;
  increase: RequestIncrease;
  windowMs: number;
  at: number;
  source: string;
}): MetricReading {
  const { metric, increase, windowMs, at, source } = measured;
  const { requests } = increase;
  if (requests <= 0)
    return { kind: 'no-data', reason: `no requests in the last ${windowMs / 1000} s`, source };
  const computed = compute(metricRegistry.get(metric).queries['prometheus-text'], increase);
  if (typeof computed === 'string') return { kind: 'no-data', reason: computed, source };
  if (Number.isFinite(computed)) return { kind: 'value', value: computed, requests, at, source };
  return { kind: 'no-data', reason: `${metric} is not a number`, source };
}

/** The value, or why there is none. */
function compute(query: RequestQuery, increase: RequestIncrease): number | string {
  switch (query.kind) {
    case 'server-error-ratio':
      if (increase.unknownOutcomes > 0) return 'requests without an HTTP code';
      return increase.serverErrors / increase.requests;
    case 'duration-quantile': {
      const seconds = histogramQuantile(query.quantile, increase.buckets);
      return seconds === Number.POSITIVE_INFINITY ? beyondBuckets(query.quantile, increase) : seconds * 1_000;
    }
  }
}

function beyondBuckets(quantile: number, { buckets }: RequestIncrease): string {
  const bounds = buckets.map(({ upperBound }) => upperBound).filter(Number.isFinite);
  const slower = Number((100 - quantile * 100).toFixed(3));
  return `more than ${slower} % of the requests took longer than ${Math.max(...bounds) * 1_000} ms, the largest bucket of the histogram`;
}

/** The address without what may be a secret in it. */
function describeSource(url: string): string {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname}`;
}
