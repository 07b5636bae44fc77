import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { metricRegistry } from '../../src/core/metrics/metric-registry.ts';
import type { MetricQuery, MetricSource } from '../../src/services/ports/metric-source.ts';

/** A metric source of a world of which nothing is known yet. */
export interface MetricSourceHarness {
  source: MetricSource;
  /** The present instant of the wall clock, epoch ms. */
  now(): number;
  /** Lets real or test time pass, with the source looking as often as it does. */
  pass(ms: number): Promise<void>;
  /** Requests to version 2 that are answered just now, `failed` of them with an error; each takes 80 ms. */
  serve(requests: { count: number; failed: number }): void;
  /** Nobody answers any more. */
  cutOff(): void;
  close(): Promise<void>;
}

const windowMs = 10_000;

/** What every metric source keeps to: it measures, or says why it can't, and never calls silence health. */
export function describeMetricSourceContract(
  name: string,
  openHarness: () => Promise<MetricSourceHarness>,
): void {
  describe(`${name} keeps the contract of a metric source`, () => {
    let harness: MetricSourceHarness;
    beforeEach(async () => {
      harness = await openHarness();
      // A series that is there from the start, and a window of silence.
      harness.serve({ count: 0, failed: 0 });
      await harness.pass(windowMs);
    });
    afterEach(() => harness.close());

    const query = (metric: MetricQuery['metric'], version = '2') =>
      harness.source.query({ metric, windowMs, target: { version } });
    const serveOverTime = async (requests: { count: number; failed: number }): Promise<void> => {
      harness.serve(requests);
      await harness.pass(windowMs / 2);
    };

    it('measures the error rate as a ratio, with its requests and a fresh instant', async () => {
      await serveOverTime({ count: 200, failed: 50 });
      const reading = await query('error-rate');
      expect(reading).toMatchObject({ kind: 'value', value: 0.25, requests: 200 });
      expect(reading.kind === 'value' && harness.now() - reading.at).toBeLessThanOrEqual(1_000);
    });

    it('measures no errors as 0, which is a value', async () => {
      await serveOverTime({ count: 200, failed: 0 });
      expect(await query('error-rate')).toMatchObject({ kind: 'value', value: 0, requests: 200 });
    });

    it('measures durations in milliseconds', async () => {
      await serveOverTime({ count: 200, failed: 0 });
      const reading = await query('latency-p95');
      expect(reading).toMatchObject({ kind: 'value', requests: 200 });
      // As exactly as a histogram can tell.
      expect(reading.kind === 'value' && reading.value).toBeGreaterThan(40);
      expect(reading.kind === 'value' && reading.value).toBeLessThanOrEqual(100);
    });

    it('forgets what was before the window', async () => {
      await serveOverTime({ count: 100, failed: 100 });
      await harness.pass(windowMs);
      await serveOverTime({ count: 10, failed: 0 });
      expect(await query('error-rate')).toMatchObject({ kind: 'value', value: 0, requests: 10 });
    });

    it.each(metricRegistry.names)('has no %s without requests', async (metric) => {
      expect(await query(metric)).toMatchObject({ kind: 'no-data', reason: expect.stringMatching(/\S/) });
    });

    it.each(metricRegistry.names)('has no %s of a version that it does not see', async (metric) => {
      await serveOverTime({ count: 200, failed: 0 });
      expect(await query(metric, '3')).toMatchObject({ kind: 'no-data' });
    });

    it.each(metricRegistry.names)('has no %s, and throws nothing, when nobody answers', async (metric) => {
      await serveOverTime({ count: 200, failed: 0 });
      harness.cutOff();
      await harness.pass(2_000);
      expect(await query(metric)).toMatchObject({ kind: 'no-data', reason: expect.stringMatching(/\S/) });
    });

    it('says where a reading is from', async () => {
      expect((await query('error-rate')).source).toMatch(/\S/);
    });
  });
}
