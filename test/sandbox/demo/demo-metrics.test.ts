import { expect, it, onTestFinished } from 'vitest';
import { startDemo } from '../../../sandbox/demo/demo.ts';
import { driverRegistry } from '../../../src/drivers/driver-registry.ts';
import { systemClock } from '../../../src/lib/clock.ts';
import { createPrometheusTextSource } from '../../../src/metrics/prometheus-text/prometheus-text-source.ts';
import { setWeight } from '../../drivers/call-driver.ts';
import { defaultSettings } from '../../metrics/open-source.ts';
import { makeTemporaryDirectory } from './temporary-directory.ts';

it('shows a fault, and the recovery from it, to the metric source', { timeout: 30_000 }, async () => {
  const dataDir = makeTemporaryDirectory();
  const demo = await startDemo({ dataDir, stableVersion: '2.3.0', candidateVersion: '2.4.0', load: 200 });
  onTestFinished(demo.close);
  const driver = driverRegistry.create(
    {
      type: 'demo',
      adminUrl: demo.adminUrl,
      token: demo.adminToken,
      timeoutMs: 3_000,
    },
    { clock: systemClock },
  );
  const metrics = createPrometheusTextSource({
    settings: defaultSettings({ url: demo.metricsUrl }),
    clock: systemClock,
  });
  metrics.start();
  onTestFinished(metrics.stop);

  const read = async (metric: 'error-rate' | 'latency-p95', version: string): Promise<number | string> => {
    const reading = await metrics.query({ metric, windowMs: 1_000, target: { version } });
    return reading.kind === 'value' ? reading.value : reading.reason;
  };
  const untilErrorRate = (version: string) =>
    expect.poll(() => read('error-rate', version), { timeout: 8_000, interval: 50 });

  expect(await read('error-rate', '2.4.0')).toBe('needs 1 s of samples, has 0 s');
  await untilErrorRate('2.4.0').toBe('no requests in the last 1 s');

  await setWeight(driver, { weight: 50, operationId: 'promote' });
  await untilErrorRate('2.4.0').toBe(0);
  expect(await read('latency-p95', '2.4.0')).toBeLessThan(180);

  demo.change({ faulty: true });
  await untilErrorRate('2.4.0').toBeCloseTo(1 / 3, 1);
  expect(await read('latency-p95', '2.4.0')).toBeGreaterThan(180);
  expect(await read('error-rate', '2.3.0')).toBe(0);

  demo.change({ faulty: false });
  await untilErrorRate('2.4.0').toBe(0);
});
