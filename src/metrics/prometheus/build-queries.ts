import type { MetricName } from '../../core/metrics/metric-registry.ts';
import type { PrometheusSettings } from './schema.ts';

/** What is asked for one reading, in PromQL. */
export interface Queries {
  value: string;
  /** Requests within the window. */
  requests: string;
  /** When the last sample was taken, seconds. */
  lastSample: string;
  /** Something where samples go back to the beginning of the window, nothing where they don't. */
  reachesBack: string;
  /** The share, 0 to 1, of requests that took longer than the histogram can tell; null where that does not matter. */
  beyondBuckets: string | null;
  /** Requests of which no code says whether they failed; null where that does not matter. */
  untold: string | null;
}

export interface Asked {
  metric: MetricName;
  version: string;
  windowMs: number;
}

/** The default of the settings. */
const httpErrors = '5..';
const quantiles = { 'latency-p95': 0.95 } as const;

/** A share of `beyondBuckets` from which the quantile is a guess. */
export function beyondLimit(metric: MetricName): number {
  return metric in quantiles ? 1 - quantiles[metric as keyof typeof quantiles] : 1;
}

/** The queries for a metric of a version: the settings' own, or those for a histogram of request durations. */
export function buildQueries(settings: PrometheusSettings, asked: Asked): Queries {
  const { histogram, codeLabel, errorCodes } = settings;
  const matchers = matchersFor(settings, asked.version);
  const window = `${Math.ceil(asked.windowMs / 1000)}s`;
  const own = settings.queries[asked.metric];
  const series = (suffix: string, more = '') => `${histogram}_${suffix}{${matchers}${more}}`;
  const gain = (suffix: string, more?: string) => gainWithin(series(suffix, more), window);
  const requests = `sum(${gain('count')})`;
  const buckets = `sum by (le) (${gain('bucket')})`;
  const finite = `max(sum by (le) (${gain('bucket', `,le!="+Inf"`)}))`;
  const defaults: Record<MetricName, string> = {
    // No failure yet means no such series, which is no failure, and not no data.
    'error-rate': `(sum(${gain('count', `,${codeLabel}=~${quoted(errorCodes)}`)}) or vector(0)) / ${requests}`,
    'latency-p95': `histogram_quantile(${quantiles['latency-p95']}, ${buckets}) * 1000`,
  };
  return {
    value:
      own === undefined ? defaults[asked.metric] : fillIn(own, { matchers, window, version: asked.version }),
    requests,
    lastSample: `max(timestamp(${series('count')}))`,
    reachesBack: `count(${series('count')} offset ${window})`,
    untold:
      asked.metric === 'error-rate' && own === undefined
        ? `sum(${gain('count', `,${codeLabel}${untoldCodes(errorCodes)}`)})`
        : null,
    beyondBuckets: asked.metric in quantiles && own === undefined ? `1 - ${finite} / ${requests}` : null,
  };
}

/** A query of a plan, with what stands for its variables. */
export function buildOwnQuery(
  settings: PrometheusSettings,
  { query, version, windowMs }: { query: string; version: string; windowMs: number },
): string {
  const window = `${Math.ceil(windowMs / 1000)}s`;
  return fillIn(query, { matchers: matchersFor(settings, version), window, version });
}

/** By default a code has to be one of HTTP; with an expression of one's own, there has to be one at all. */
function untoldCodes(errorCodes: string): string {
  return errorCodes === httpErrors ? '!~"[1-5][0-9][0-9]"' : '=""';
}

/**
 * By how much counters went up within a window, for each of their series. PromQL's `increase` alone would not do: it misses
 * what a series begins with, such as the first failures of a version, and adds what is likely for the ends of the window.
 * So a series that goes through the window counts from sample to sample, one with a restart by `increase`, and one that is
 * new from zero.
 */
function gainWithin(series: string, window: string): string {
  // A series that missed a scrape is there all the same.
  const before = `last_over_time(${series}[10m] offset ${window})`;
  const through = `(last_over_time(${series}[${window}]) - ${before}) >= 0 unless resets(${series}[${window}]) > 0`;
  const restarted = `increase(${series}[${window}]) and ${before}`;
  return `(${through}) or (${restarted}) or max_over_time(${series}[${window}])`;
}

function matchersFor({ versionLabel, matchers }: PrometheusSettings, version: string): string {
  const all = Object.entries({ ...matchers, [versionLabel]: version });
  return all.map(([label, value]) => `${label}=${quoted(value)}`).join(',');
}

/** A string of PromQL; JSON escapes at least what it has to. */
function quoted(text: string): string {
  return JSON.stringify(text);
}

/** `$version` stands in quotes that the query has. */
function fillIn(query: string, values: { matchers: string; window: string; version: string }): string {
  return query.replaceAll(/\$(matchers|window|version)\b/g, (_, name: keyof typeof values) =>
    name === 'version' ? quoted(values.version).slice(1, -1) : values[name],
  );
}
