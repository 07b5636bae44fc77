import { createServer } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { listen, shutDown } from '../../sandbox/demo/listen.ts';
import { criterionSchema } from '../../src/core/plan/rollout-schema.ts';
import { evaluateGate } from '../../src/core/rollout/evaluate-gate.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { metricSourceRegistry } from '../../src/metrics/metric-source-registry.ts';
import { writeMetricsPage } from './metrics-page.ts';

describe('metricSourceRegistry', () => {
  it('makes a source that reads the configured page', async () => {
    const config = metricSourceRegistry.schema.parse({
      type: 'prometheus-text',
      url: 'http://127.0.0.1:1/metrics',
    });
    const reading = await metricSourceRegistry.create(config, { clock: systemClock }).query({
      metric: 'error-rate',
      windowMs: 1,
      target: { version: '2' },
    });
    expect(reading).toMatchObject({ kind: 'no-data', source: 'http://127.0.0.1:1/metrics' });
  });

  it('makes a source whose readings are fresh on a machine that is 60 s behind the clock of the process', async () => {
    let passed = 0;
    const wall = () => Date.now() + 60_000 + passed;
    const page = () => writeMetricsPage({ version: '2', codes: { 200: 100 + Math.floor(passed / 5) } });
    const server = createServer((_, response) => response.end(page()));
    onTestFinished(() => shutDown(server));
    const url = await listen(server, 0);
    const config = metricSourceRegistry.schema.parse({ type: 'prometheus-text', url });
    const source = metricSourceRegistry.create(config, { clock: { ...systemClock, wall } });
    onTestFinished(async () => source.stop?.());
    const read = () => source.query({ metric: 'error-rate', windowMs: 1_000, target: { version: '2' } });
    await read();
    passed = 1_001;
    const criterion = criterionSchema.parse({ metric: 'error-rate', below: 1, minRequests: 100 });
    expect(evaluateGate(criterion, await read(), wall())).toMatchObject({ state: 'pass' });
  });

  it.each([
    [{ type: 'prometheus-text', url: 'file:///etc/passwd' }, 'must be an http or https address'],
    [{ type: 'prometheus-text', url: 'metrics' }, 'must be an http or https address'],
    [{ type: 'prometheus-text', url: 'http://user:secret@host/' }, 'must not hold a user name or password'],
    [{ type: 'prometheus-text', url: 'http://host/', token: 'x' }, 'Unrecognized key'],
    [
      { type: 'prometheus-text', url: 'http://host/', auth: { token: 's3cret\n' } },
      'must be one line of ASCII characters',
    ],
    [
      { type: 'prometheus-text', url: 'http://host/', auth: { token: 's3cret', username: 'b' } },
      'Unrecognized key',
    ],
    [
      { type: 'prometheus-text', url: 'http://host/', tls: { certFile: 'a.pem' } },
      'certFile and keyFile together',
    ],
    [{ type: 'prometheus-text', url: 'http://host/', codes: { 404: 'fine' } }, 'Invalid option'],
    [{ type: 'graphite', url: 'http://host/' }, 'Invalid'],
  ])('refuses %j', (config, message) => {
    const result = metricSourceRegistry.schema.safeParse(config);
    expect(result.error?.message).toContain(message);
    expect(result.error?.message).not.toContain('s3cret');
  });
});
