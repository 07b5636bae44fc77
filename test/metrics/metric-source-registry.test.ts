import { describe, expect, it } from 'vitest';
import { metricSourceRegistry } from '../../src/metrics/metric-source-registry.ts';

describe('metricSourceRegistry', () => {
  it('makes a source that reads the configured page', async () => {
    const config = metricSourceRegistry.schema.parse({
      type: 'prometheus-text',
      url: 'http://127.0.0.1:1/metrics',
    });
    const reading = await metricSourceRegistry.create(config).query({
      metric: 'error-rate',
      windowMs: 1,
      target: { version: '2' },
    });
    expect(reading).toMatchObject({ kind: 'no-data', source: 'http://127.0.0.1:1/metrics' });
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
