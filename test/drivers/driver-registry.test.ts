import { describe, expect, it } from 'vitest';
import { driverRegistry } from '../../src/drivers/driver-registry.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { DriverError } from '../../src/services/ports/deployment-driver.ts';
import { observe } from './call-driver.ts';

describe('driverRegistry', () => {
  it('makes the driver that is configured', async () => {
    const config = driverRegistry.schema.parse({
      type: 'demo',
      adminUrl: 'http://127.0.0.1:1',
      token: 'secret',
    });
    expect(config).toMatchObject({ timeoutMs: 3_000 });
    await expect(observe(driverRegistry.create(config, { clock: systemClock }))).rejects.toThrow(DriverError);
  });

  it.each([
    [{ type: 'demo', adminUrl: 'ftp://host', token: 'x' }, 'must be an http or https address'],
    [{ type: 'demo', adminUrl: 'http://host', token: '' }, 'Too small'],
    [{ type: 'demo', adminUrl: 'http://host' }, 'token'],
    [{ type: 'demo', adminUrl: 'http://host', token: 'x', timeoutMs: 0 }, 'timeoutMs'],
    [{ type: 'demo', adminUrl: 'http://host', token: 'x', shell: 'rm' }, 'Unrecognized key'],
    [{ type: 'haproxy' }, 'type'],
  ])('refuses %j', (config, message) => {
    expect(driverRegistry.schema.safeParse(config).error?.message).toContain(message);
  });
});
