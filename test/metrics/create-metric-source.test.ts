import { describe, expect, it } from 'vitest';
import { createMetricSource, MetricSourceConfig } from '../../src/metrics/create-metric-source.ts';

describe('createMetricSource', () => {
  it('makes a source that reads the configured page', async () => {
    const config = MetricSourceConfig.parse({ type: 'prometheus-text', url: 'http://127.0.0.1:1/metrics' });
    const reading = await createMetricSource(config).read({
      metric: 'error-rate',
      version: '2',
      windowMs: 1,
    });
    expect(reading).toMatchObject({ kind: 'no-data', source: 'http://127.0.0.1:1/metrics' });
  });

  it.each([
    [{ type: 'prometheus-text', url: 'file:///etc/passwd' }, 'must be an http or https address'],
    [{ type: 'prometheus-text', url: 'metrics' }, 'must be an http or https address'],
    [{ type: 'prometheus-text', url: 'http://user:secret@host/' }, 'must not hold a user name or password'],
    [{ type: 'prometheus-text', url: 'http://host/', token: 'x' }, 'Unrecognized key'],
    [{ type: 'graphite', url: 'http://host/' }, 'Invalid'],
  ])('refuses %j', (config, message) => {
    const result = MetricSourceConfig.safeParse(config);
    expect(result.error?.message).toContain(message);
  });
});
