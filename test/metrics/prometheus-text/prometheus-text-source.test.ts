import { beforeEach, describe, expect, it } from 'vitest';
import { LONGEST_WINDOW_MS } from '../../../src/core/calendar/duration-patterns.ts';
import type { ScrapingMetricSource } from '../../../src/metrics/prometheus-text/prometheus-text-source.ts';
import { writeMetricsPage } from '../metrics-page.ts';
import { openSource } from '../open-source.ts';

const buckets = (fast: number, all: number) => ({ '0.1': fast, '0.5': all, '+Inf': all });

describe('createPrometheusTextSource', () => {
  let page: () => Promise<string>;
  let scrapes: number;
  let now: number;
  let metrics: ScrapingMetricSource;

  beforeEach(() => {
    scrapes = 0;
    now = 1_000_000;
    page = async () => '';
    metrics = openSource({
      settings: { url: 'http://127.0.0.1:9/metrics?key=secret' },
      clock: { wall: () => now },
      fetchMetricsText: async () => {
        scrapes += 1;
        return await page();
      },
    });
  });

  const show = (text: string): void => {
    page = async () => text;
  };
  const read = (metric: 'error-rate' | 'latency-p95', windowMs = 10_000) =>
    metrics.query({ metric, windowMs, target: { version: '2' } });
  /** Two scrapes ten seconds apart. */
  const observe = async (before: string, after: string): Promise<void> => {
    show(before);
    await read('error-rate');
    now += 10_000;
    show(after);
  };
  const source = 'http://127.0.0.1:9/metrics';

  it('reads the share of 5xx over the window', async () => {
    await observe(
      writeMetricsPage({ version: '2', codes: { 200: 100, 404: 0, 500: 40 } }),
      writeMetricsPage({ version: '2', codes: { 200: 160, 404: 20, 500: 50, 503: 10 } }),
    );
    expect(await read('error-rate')).toEqual({ kind: 'value', value: 0.2, requests: 100, at: now, source });
  });

  it('reads it beside series of others that are there twice or odd', async () => {
    const others = 'jobs_total{q="a"} 1\njobs_total{q="a"} 2\n<<<\n';
    await observe(
      others + writeMetricsPage({ version: '2', codes: { 200: 100, 500: 0 } }),
      writeMetricsPage({ version: '2', codes: { 200: 199, 500: 1 } }) + others,
    );
    expect(await read('error-rate')).toMatchObject({ kind: 'value', value: 0.01, requests: 100 });
  });

  it('reads no errors as 0 when there were requests', async () => {
    await observe(
      writeMetricsPage({ version: '2', codes: { 200: 100 } }),
      writeMetricsPage({ version: '2', codes: { 200: 101 } }),
    );
    expect(await read('error-rate')).toMatchObject({ kind: 'value', value: 0, requests: 1 });
  });

  it('reads the 95th percentile in milliseconds', async () => {
    await observe(
      writeMetricsPage({ version: '2', codes: { 200: 500 }, buckets: buckets(0, 500) }),
      writeMetricsPage({ version: '2', codes: { 200: 600 }, buckets: buckets(90, 600) }),
    );
    const reading = await read('latency-p95');
    expect(reading).toMatchObject({ kind: 'value', requests: 100, at: now });
    expect(reading.kind === 'value' && reading.value).toBeCloseTo(300, 6);
  });

  it.each(['error-rate', 'latency-p95'] as const)(
    'has no %s without requests in the window',
    async (metric) => {
      const still = writeMetricsPage({ version: '2', codes: { 200: 9, 500: 3 }, buckets: buckets(5, 12) });
      await observe(still, still);
      expect(await read(metric)).toEqual({ kind: 'no-data', reason: 'no requests in the last 10 s', source });
    },
  );

  it('takes no latency from beyond the largest bucket: it may be any', async () => {
    await observe(
      writeMetricsPage({ version: '2', codes: { 200: 500 }, buckets: { '0.1': 0, '0.5': 0, '+Inf': 500 } }),
      writeMetricsPage({ version: '2', codes: { 200: 600 }, buckets: { '0.1': 0, '0.5': 90, '+Inf': 600 } }),
    );
    expect(await read('latency-p95')).toEqual({
      kind: 'no-data',
      reason: 'more than 5 % of the requests took longer than 500 ms, the largest bucket of the histogram',
      source,
    });
  });

  it('reads the longest window that a plan may have, though no sample is just at its start', async () => {
    // A thousandth of a second late each time, as a timer is.
    for (let count = 0; now < 1_000_000 + 16 * 60_000; count += 1, now += 1_001) {
      show(writeMetricsPage({ version: '2', codes: { 200: count, 500: 0 } }));
      await read('error-rate');
    }
    const reading = await read('error-rate', LONGEST_WINDOW_MS);
    // The window begins at the sample before its start.
    expect(reading).toMatchObject({ kind: 'value', value: 0, requests: 899 });
  });

  it.each([
    ['another version', 'version="1",'],
    ['no version', ''],
  ])('reads it beside a series of %s that is there twice', async (_, version) => {
    const twice = `http_request_duration_seconds_count{${version}code="200"} 1\n`.repeat(2);
    await observe(
      writeMetricsPage({ version: '2', codes: { 200: 100 } }) + twice,
      twice + writeMetricsPage({ version: '2', codes: { 200: 200 } }),
    );
    expect(await read('error-rate')).toMatchObject({ kind: 'value', value: 0, requests: 100 });
  });

  it('has no latency without buckets', async () => {
    await observe(
      writeMetricsPage({ version: '2', codes: { 200: 1 } }),
      writeMetricsPage({ version: '2', codes: { 200: 2 } }),
    );
    expect(await read('latency-p95')).toMatchObject({
      kind: 'no-data',
      reason: 'latency-p95 is not a number',
    });
  });

  it('has no error rate when it is not known how requests ended', async () => {
    await observe(
      writeMetricsPage({ version: '2', codes: { 200: 1, '': 1 } }),
      writeMetricsPage({ version: '2', codes: { 200: 2, '': 2 } }),
    );
    expect(await read('error-rate')).toMatchObject({
      kind: 'no-data',
      reason: 'it is not known whether requests without a code failed',
    });
  });

  it.each([
    [
      'another version only',
      writeMetricsPage({ version: '1', codes: { 200: 1 } }),
      'version 2 is not in the metrics',
    ],
    ['an empty page', '', 'version 2 is not in the metrics'],
    ['a web page', '<!doctype html>\n', 'line 1: expected a metric name at column 1'],
    [
      'more series than can be followed',
      Array.from(
        { length: 5_001 },
        (_, index) => `http_request_duration_seconds_count{version="2",code="200",pod="${index}"} 1\n`,
      ).join(''),
      'line 5001: more than 5000 series',
    ],
    [
      'NaN',
      writeMetricsPage({ version: '2', codes: { 200: Number.NaN } }),
      'the counters of version 2 are not numbers',
    ],
    [
      'a series twice',
      writeMetricsPage({ version: '2', codes: { 200: 1 } }).repeat(2),
      'line 2: the series http_request_duration_seconds_count is there twice',
    ],
    [
      'more codes than are kept apart',
      writeMetricsPage({
        version: '2',
        codes: Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`c${index}`, 1])),
      }),
      'more than 100 codes of version 2',
    ],
    [
      'the first scrape',
      writeMetricsPage({ version: '2', codes: { 200: 1 } }),
      'needs 10 s of samples, has 0 s',
    ],
  ])('has no data with %s', async (_name, text, reason) => {
    show(text);
    expect(await read('error-rate')).toEqual({ kind: 'no-data', reason, source });
  });

  it('does not show an old value when the target is gone', async () => {
    await observe(
      writeMetricsPage({ version: '2', codes: { 200: 1 } }),
      writeMetricsPage({ version: '2', codes: { 200: 2 } }),
    );
    expect(await read('error-rate')).toMatchObject({ kind: 'value' });
    page = () => Promise.reject(new Error('unreachable (ECONNREFUSED)'));
    now += 1_001;
    expect(await read('error-rate')).toEqual({
      kind: 'no-data',
      reason: 'unreachable (ECONNREFUSED)',
      source,
    });
  });

  it('recovers once the target is back', async () => {
    await observe(writeMetricsPage({ version: '2', codes: { 200: 1 } }), 'broken');
    expect(await read('error-rate')).toMatchObject({ kind: 'no-data' });
    show(writeMetricsPage({ version: '2', codes: { 200: 2 } }));
    expect(await read('error-rate')).toMatchObject({ kind: 'value', requests: 1 });
  });

  it('scrapes only when the last scrape is older than a second', async () => {
    show(writeMetricsPage({ version: '2', codes: { 200: 1 } }));
    await read('error-rate');
    now += 1_000;
    await read('error-rate');
    expect(scrapes).toBe(1);
    now += 1;
    await read('error-rate');
    expect(scrapes).toBe(2);
    now -= 60_000;
    await read('error-rate');
    expect(scrapes).toBe(3);
  });

  it('scrapes once for all who ask at the same time', async () => {
    show(writeMetricsPage({ version: '2', codes: { 200: 1 } }));
    await Promise.all([read('error-rate'), read('latency-p95'), read('error-rate')]);
    expect(scrapes).toBe(1);
  });

  it('scrapes at once when started, and leaves nothing behind when stopped', async () => {
    show(writeMetricsPage({ version: '2', codes: { 200: 1 } }));
    metrics.start();
    metrics.start();
    await metrics.stop();
    expect(scrapes).toBe(1);
    await read('error-rate');
    expect(scrapes).toBe(1);
  });

  it('keeps scraping every second until stopped', async () => {
    let goOn = (): void => undefined;
    const third = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    page = async () => {
      if (scrapes === 3) goOn();
      return scrapes === 2 ? 'broken' : '';
    };
    const before = performance.now();
    metrics.start();
    await third;
    expect(performance.now() - before).toBeGreaterThan(1_900);
    await metrics.stop();
  });
});
