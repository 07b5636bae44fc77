import type { MetricReading } from '../../core/metrics/metric-reading.ts';
import type { Clock } from '../../lib/clock.ts';
import { errorMessage } from '../../lib/error-message.ts';
import { shortenText } from '../../lib/shorten-text.ts';
import type { MetricQuery, MetricSource, OwnQuery, OwnReading } from '../../services/ports/metric-source.ts';
import { createAskPrometheus, type QueryResult } from './ask-prometheus.ts';
import { beyondLimit, buildOwnQuery, buildQueries } from './build-queries.ts';
import type { PrometheusSettings } from './schema.ts';

/**
 * Reads metrics from a Prometheus server. It believes a value only when its last sample is fresh, when samples go back to
 * the beginning of the window, and when the histogram can tell it; else there is no data.
 */
export function createPrometheusSource(options: {
  settings: PrometheusSettings;
  clock: Pick<Clock, 'wall'>;
}): MetricSource {
  const { settings, clock } = options;
  const ask = createAskPrometheus(settings);
  const source = describeSource(settings.url);

  const read = async ({ metric, windowMs, target: { version } }: MetricQuery): Promise<MetricReading> => {
    const now = clock.wall();
    const queries = buildQueries(settings, { metric, version, windowMs });
    const [value, requests, lastSample, reachesBack, beyond, untold] = await Promise.all([
      ask(queries.value, now),
      ask(queries.requests, now),
      ask(queries.lastSample, now),
      ask(queries.reachesBack, now),
      queries.beyondBuckets === null ? null : ask(queries.beyondBuckets, now),
      queries.untold === null ? null : ask(queries.untold, now),
    ]);
    const noData = (reason: string) => ({ kind: 'no-data' as const, reason, source });
    const at = only(lastSample, 'the last sample') * 1000;
    if (Number.isNaN(at)) return noData(`version ${version} is not in the metrics`);
    if (now - at > settings.maxAgeMs) return noData(`the last sample is ${inSeconds(now - at)} old`);
    if (reachesBack.values.length === 0) return noData(`needs ${inSeconds(windowMs)} of samples, has fewer`);
    const nameless = untold === null ? 0 : only(untold, 'the number of requests without a code');
    if (nameless > 0)
      return noData('it is not known whether all requests failed or not: some have no code that says so');
    const count = Math.round(only(requests, 'the number of requests'));
    if (!(count > 0)) return noData(`no requests in the last ${inSeconds(windowMs)}`);
    if (beyond !== null && only(beyond, 'the largest bucket') > beyondLimit(metric))
      return noData('too many requests took longer than the largest bucket of the histogram');
    const measured = only(value, `the query for ${metric}`);
    if (!Number.isFinite(measured)) return noData(`${metric} is not a number`);
    const warnings = [value, requests].flatMap((result) => result.warnings);
    const [warning] = warnings;
    const unproven = warning === undefined ? {} : { unproven: `it warns: ${shortenText(warning, 200)}` };
    // It is as of now: how old its last sample may be was asked above.
    return { kind: 'value', value: measured, requests: count, ...unproven, at: now, source };
  };

  const readOwn = async ({ query, windowMs, target: { version } }: OwnQuery): Promise<OwnReading> => {
    const value = only(
      await ask(buildOwnQuery(settings, { query, version, windowMs }), clock.wall()),
      'the query',
    );
    if (Number.isFinite(value)) return { kind: 'value', value, source };
    return { kind: 'no-data', reason: 'the query gives no number', source };
  };
  const noData = (error: unknown) => ({ kind: 'no-data' as const, reason: errorMessage(error), source });

  return {
    query: (query) => read(query).catch(noData),
    ask: (asked) => readOwn(asked).catch(noData),
    checkAccess: () => ask('vector(1)', clock.wall()).then(() => null, errorMessage),
  };
}

/** The one value of a result; NaN where there is none. @throws Error when there are several */
function only({ values }: QueryResult, what: string): number {
  if (values.length > 1) throw new Error(`${what} has ${values.length} values, and must have one`);
  return values[0] ?? Number.NaN;
}

function inSeconds(milliseconds: number): string {
  return `${Math.floor(milliseconds / 1000)} s`;
}

/** The address without what may be a secret in it. */
function describeSource(url: string): string {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname === '/' ? '' : pathname}`;
}
