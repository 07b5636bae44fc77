import { LONGEST_WINDOW_MS } from '../../core/calendar/duration-patterns.ts';
import type { Clock } from '../../lib/clock.ts';
import { errorMessage } from '../../lib/error-message.ts';
import type { MetricSource } from '../../services/ports/metric-source.ts';
import { createMetricsFetcher, type FetchMetricsText } from './fetch-metrics-text.ts';
import { judgeIncrease } from './judge-increase.ts';
import { createPageReader, type PageReader } from './page-reader.ts';
import { createRequestHistory } from './request-history.ts';
import type { PrometheusTextSettings } from './schema.ts';

/** A little longer than the longest window, at whose very start there may be no sample. */
const retentionMs = LONGEST_WINDOW_MS + 60_000;

export interface PrometheusTextSourceOptions {
  settings: PrometheusTextSettings;
  /** Windows are of its wall time, and gates are judged by the same. */
  clock: Pick<Clock, 'wall'>;
  /** For tests. */
  fetchMetricsText?: FetchMetricsText;
  /** For tests. */
  reader?: PageReader;
}

/** A metric source that keeps its own samples; call `start` so that it has some when asked. */
export interface ScrapingMetricSource extends MetricSource {
  /** Scrapes at its interval from now on, without keeping the process alive. */
  start(): void;
  /** Ends the scraping; resolves once the scrape under way is over. */
  stop(): Promise<void>;
}

type ScrapeResult = { ok: true; at: number } | { ok: false; reason: string };

/**
 * Reads a histogram of request durations from a page in the Prometheus text format. How a request ended is told by
 * its code and the rule of the settings; durations are of all requests, whatever their answer. A reading is never
 * older than the interval: what was scraped before is scraped again first, and when that fails the answer is
 * `no-data`, not the old value. After a start, `no-data` until samples span the window.
 */
export function createPrometheusTextSource(options: PrometheusTextSourceOptions): ScrapingMetricSource {
  const { settings, clock } = options;
  const { scrapeIntervalMs: intervalMs, maxSeries, maxVersions, maxCodes, maxBuckets } = settings;
  const fetchText = options.fetchMetricsText ?? createMetricsFetcher(settings);
  const reader = options.reader ?? createReader(settings);
  const history = createRequestHistory({
    ...{ retentionMs, intervalMs, maxSeries, maxVersions, maxCodes, maxBuckets },
    jump: { times: settings.jumpTimes, requests: settings.jumpRequests },
  });
  const source = describeSource(settings.url);
  let latest: ScrapeResult = { ok: false, reason: 'not scraped yet' };
  let underWay: Promise<ScrapeResult> | undefined;
  let timer: NodeJS.Timeout | undefined;

  const scrapeOnce = async (): Promise<ScrapeResult> => {
    try {
      const page = await reader.read(await fetchText());
      const at = clock.wall();
      history.record(at, page);
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
    return age >= 0 && age <= intervalMs;
  };

  return {
    query: async ({ metric, target: { version }, windowMs }) => {
      const result = isFresh() ? latest : await scrape();
      if (!result.ok) return { kind: 'no-data', reason: result.reason, source };
      const measured = history.measure({ version, windowMs });
      if (measured.kind === 'no-data') return { ...measured, source };
      const { all, witnessed, unproven, at } = measured;
      const judged = judgeIncrease({ metric, windowMs, all, witnessed, unproven });
      return judged.kind === 'value' ? { ...judged, at, source } : { ...judged, source };
    },
    checkAccess: async () => {
      const result = await scrape();
      return result.ok ? null : result.reason;
    },
    start: () => {
      if (timer !== undefined) return;
      void scrape();
      timer = setInterval(() => void scrape(), intervalMs).unref();
    },
    stop: async () => {
      clearInterval(timer);
      timer = undefined;
      await underWay;
      await reader.close();
    },
  };
}

function createReader(settings: PrometheusTextSettings): PageReader {
  const { histogram, versionLabel, codeLabel, codes, otherCodes, maxSeries } = settings;
  const page = { histogram, versionLabel, codeLabel, codes, otherCodes, maxSeries };
  return createPageReader({ page, timeoutMs: settings.readTimeoutMs, maxPageBytes: settings.maxPageBytes });
}

/** The address without what may be a secret in it. */
function describeSource(url: string): string {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname}`;
}
