import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import type { MetricName } from '../../../src/core/metrics/metric-registry.ts';
import type { ScrapingMetricSource } from '../../../src/metrics/prometheus-text/prometheus-text-source.ts';
import type { PrometheusTextSettings } from '../../../src/metrics/prometheus-text/schema.ts';
import { writeMetricsPage } from '../metrics-page.ts';
import { openSource } from '../open-source.ts';

const fixture = (name: string) => readFileSync(new URL(`fixtures/${name}.txt`, import.meta.url), 'utf8');
/** The page with every counter grown by `more`. */
const grown = (page: string, more: number) =>
  page.replace(/(?<=^http_.*\} )\d+$/gm, (count) => String(Number(count) + more));

describe('numbers that prove nothing', () => {
  let now: number;
  let page: string;
  let metrics: ScrapingMetricSource;
  const open = (settings: Partial<PrometheusTextSettings> = {}) =>
    openSource({ settings, clock: { wall: () => now }, fetchMetricsText: async () => page });
  beforeEach(() => {
    now = 1_000_000;
    metrics = open();
  });
  const read = (metric: MetricName = 'error-rate', seconds = 10, version = '2.4.0') =>
    metrics.query({ metric, windowMs: seconds * 1_000, target: { version } });
  /** One page after the other, a little more than a second apart. */
  const see = async (...pages: string[]): Promise<void> => {
    for (const each of pages) {
      now += 1_001;
      page = each;
      await read();
    }
  };
  const times = <T>(count: number, make: (index: number) => T) =>
    Array.from({ length: count }, (_, index) => make(index));

  it('are requests that nobody answered: they are errors, and have no response time', async () => {
    await see(...times(12, (index) => grown(fixture('code-zero'), index * 20)));
    expect(await read()).toMatchObject({ kind: 'value', value: 1, requests: 200 });
    expect(await read('latency-p95')).toMatchObject({
      kind: 'no-data',
      reason: 'none of the requests is known to have been answered',
    });
  });

  it.each(['0', 'error', 'UNAVAILABLE', '503 Service Unavailable', 'unknown', 'Cancelled?', 'completed', ''])(
    'are requests that all end with %j: never a value that passes',
    async (code) => {
      await see(
        ...times(12, (index) => writeMetricsPage({ version: '2.4.0', codes: { [code]: index * 20 } })),
      );
      const reading = await read();
      expect(reading.kind === 'no-data' || reading.value).not.toBe(0);
      expect(reading.kind === 'no-data' || reading.value === 1).toBe(true);
    },
  );

  it('are requests with codes that nobody explained, which are named', async () => {
    const codes = (count: number) => ({
      200: count,
      completed: count,
      '': count,
      [`x${'y'.repeat(90)}`]: count,
    });
    await see(...times(12, (index) => writeMetricsPage({ version: '2.4.0', codes: codes(index) })));
    expect(await read()).toMatchObject({
      kind: 'no-data',
      reason: `it is not known whether requests with the code "completed", "x${'y'.repeat(38)}…" and without a code failed`,
    });
    metrics = open({
      codes: { completed: 'success', [`x${'y'.repeat(90)}`]: 'client-error' },
      otherCodes: 'error',
    });
    await see(...times(12, (index) => writeMetricsPage({ version: '2.4.0', codes: codes(index) })));
    expect(await read()).toMatchObject({ kind: 'value', value: 0.25 });
  });

  describe('of two instances that answer in turn', () => {
    const reason =
      'the counters fell more than once in 16 minutes: several instances answer at this address in turn, or the service keeps restarting';
    const [a, b] = [fixture('replica-a'), fixture('replica-b')];

    it('are none, with no new request', async () => {
      await see(...times(12, (index) => (index % 2 === 0 ? a : b)));
      expect(await read()).toMatchObject({ kind: 'no-data', reason });
      expect(await read('latency-p95')).toMatchObject({ kind: 'no-data', reason });
      // One of the two is gone: for as long as samples are kept, nobody knows.
      await see(...times(30, (index) => grown(a, index)));
      expect(await read()).toMatchObject({ kind: 'no-data', reason });
    });

    const both = async (seconds: number) => [
      await read('error-rate', seconds),
      await read('latency-p95', seconds),
    ];
    const reasonOf = (requests: number) =>
      `${requests} requests were added within 1 s, more than 20 times as fast as before: another instance may have answered`;
    const jump = (requests: number) => ({ kind: 'no-data', reason: reasonOf(requests) });

    it('are none when the one that counted more comes last', async () => {
      await see(...times(90, () => b), a);
      expect(await both(60)).toMatchObject([jump(10_000), jump(10_000)]);
      await see(...times(50, () => a));
      expect(await both(60)).toMatchObject([jump(10_000), jump(10_000)]);
      await see(...times(10, () => a));
      const none = { kind: 'no-data', reason: 'no requests in the last 60 s' };
      expect(await both(60)).toMatchObject([none, none]);
    });

    it('are none when the one that counted more comes last, under traffic', async () => {
      await see(...times(90, (index) => grown(b, index * 20)), grown(a, 1_800));
      const unproven = { kind: 'value', requests: 59 * 20, unproven: reasonOf(10_020) };
      expect(await both(60)).toMatchObject([unproven, unproven]);
    });

    it('may be new traffic of a version that fails, which is seen at once', async () => {
      const page = (ok: number, failed: number) =>
        writeMetricsPage({ version: '2.4.0', codes: { 200: ok, 500: failed } });
      await see(...times(90, (index) => page(index * 10, 0)), page(890, 500));
      const first = { value: 500 / (59 * 10 + 500), requests: 59 * 10, unproven: reasonOf(500) };
      expect(await read('error-rate', 60)).toMatchObject({ kind: 'value', ...first });
      // The third is believed, and the first two still are no proof.
      await see(page(890, 1_000), page(890, 1_500));
      const third = { value: 1_500 / (57 * 10 + 1_500), requests: 57 * 10 + 500, unproven: reasonOf(500) };
      expect(await read('error-rate', 60)).toMatchObject({ kind: 'value', ...third });
    });

    it('do not hide in their number that the version fails', async () => {
      const page = (ok: number, failed: number) =>
        writeMetricsPage({ version: '2.4.0', codes: { 200: ok, 500: failed } });
      await see(...times(90, (index) => page(0, index * 10)), page(10_000, 900));
      expect(await read('error-rate', 60)).toMatchObject({
        ...{ kind: 'value', value: 1, requests: 59 * 10, unproven: reasonOf(10_010) },
      });
    });

    it('leave nothing behind once the window is past them', async () => {
      await see(...times(90, (index) => grown(b, index * 20)));
      await see(...times(61, (index) => grown(a, 1_800 + index * 20)));
      expect(await read('error-rate', 60)).not.toHaveProperty('unproven');
    });

    it('are believed to jump by as much as the settings say', async () => {
      metrics = open({ jumpRequests: 10_000 });
      await see(...times(90, () => b), a);
      expect(await read('error-rate', 60)).toMatchObject({ kind: 'value', requests: 10_000 });
      metrics = open({ jumpTimes: 1_000 });
      await see(...times(90, (index) => grown(b, index * 20)), grown(a, 1_800));
      expect(await read('error-rate', 60)).toMatchObject({ kind: 'value', requests: 59 * 20 + 10_020 });
    });

    it('are none when the first is back after one fall', async () => {
      const back =
        'the counters fell and were at once back where they had been: several instances answer at this address in turn';
      await see(...times(40, () => a), ...times(40, () => b), a);
      const none = { kind: 'no-data', reason: back };
      expect(await both(60)).toMatchObject([none, none]);
      await see(...times(100, (index) => grown(a, index * 20)));
      expect(await both(60)).toMatchObject([none, none]);
    });

    it('are none when the first is back with more, however little they differ', async () => {
      const page = (count: number) => writeMetricsPage({ version: '2.4.0', codes: { 200: count } });
      await see(page(1_000), ...times(10, () => page(990)), ...times(3, (index) => page(1_001 + index)));
      expect(await read()).toMatchObject({
        kind: 'no-data',
        reason: expect.stringContaining('at once back'),
      });
    });

    it('are a page for each, once they have labels of their own', async () => {
      const pageOfBoth = (count: number) =>
        writeMetricsPage(
          { version: '2.4.0', instance: 'a', codes: { 200: 100_000 + count } },
          { version: '2.4.0', instance: 'b', codes: { 200: 90_000 + count, 500: count } },
        );
      await see(...times(12, (index) => pageOfBoth(index * 10)));
      expect(await read()).toMatchObject({ kind: 'value', value: 1 / 3, requests: 300 });
    });

    it('prove nothing when only one change is seen', async () => {
      await see(...times(10, () => a), b, b);
      expect(await read()).toMatchObject({ kind: 'no-data', reason: 'no requests in the last 10 s' });
    });

    it('do not hide what new requests show when only one change is seen', async () => {
      const failing = (count: number) =>
        writeMetricsPage({ version: '2.4.0', codes: { 200: 90_000 + count, 500: 100 + count } });
      await see(...times(6, () => writeMetricsPage({ version: '2.4.0', codes: { 200: 100_000, 500: 900 } })));
      await see(...times(6, (index) => failing(index)));
      expect(await read()).toMatchObject({ kind: 'value', value: 0.5, requests: 10 });
    });

    it('are told by when they started, though nothing falls', async () => {
      const started = (page: string, at: number) => `${page}process_start_time_seconds ${at}\n`;
      await see(
        ...times(10, () => started(b, 1_700_000_500)),
        started(a, 1_700_000_100),
        started(a, 1_700_000_100),
      );
      expect(await read()).toMatchObject({ kind: 'no-data', reason });
    });
  });

  it('are none of a restart: counting goes on', async () => {
    const started = (count: number, at: number) =>
      `${writeMetricsPage({ version: '2.4.0', codes: { 200: count, 500: 0 } })}process_start_time_seconds ${at}\n`;
    await see(...times(6, (index) => started(1_000 + index * 10, 1_700_000_100)));
    // A start time that is worked out from the uptime trembles.
    await see(...times(6, (index) => started(5 + index * 10, 1_700_000_500 + (index % 2))));
    expect(await read()).toMatchObject({ kind: 'value', value: 0, requests: 90 });
  });

  it('are none of a restart when little was counted', async () => {
    const page = (count: number) => writeMetricsPage({ version: '2.4.0', codes: { 200: count } });
    await see(...[0, 2, 4, 1, 5].map(page), ...times(10, (index) => page(7 + index * 2)));
    expect(await read()).toMatchObject({ kind: 'value', value: 0, requests: 20 });
  });

  it('are a crash after a restart', async () => {
    const page = (ok: number, failed: number) =>
      writeMetricsPage({ version: '2.4.0', codes: { 200: ok, 500: failed } });
    await see(...times(10, (index) => page(1_000 + index * 10, 0)), page(2, 8), page(12, 8));
    // 80 before, 2 and 8 at the first sight of the new process, 10 after.
    expect(await read()).toMatchObject({ kind: 'value', value: 8 / 100, requests: 90 });
  });

  it('are none of series elsewhere on the page', async () => {
    const unrelated = fixture('unrelated-duplicate');
    await see(...times(12, (index) => grown(unrelated, index * 20)));
    expect(await read()).toMatchObject({ kind: 'value', value: 0, requests: 200 });
    const startedTwice = 'process_start_time_seconds 1\nprocess_start_time_seconds x\n';
    await see(...times(12, (index) => startedTwice + grown(unrelated, 240 + index * 20)));
    expect(await read()).toMatchObject({ kind: 'value', value: 0, requests: 200 });
  });

  it('are a page that was cut off', async () => {
    const unrelated = fixture('unrelated-duplicate');
    await see(...times(12, (index) => grown(unrelated, index * 20)));
    await see(unrelated.slice(0, -3));
    expect(await read()).toMatchObject({ kind: 'no-data', reason: 'line 5: the last line has no line feed' });
  });
});
