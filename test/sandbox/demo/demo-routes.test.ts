import fastify, { type FastifyInstance } from 'fastify';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { type Demo, startDemo } from '../../../sandbox/demo/demo.ts';
import { registerDemoRoutes } from '../../../sandbox/demo/demo-routes.ts';
import { driverRegistry } from '../../../src/drivers/driver-registry.ts';
import { systemClock } from '../../../src/lib/clock.ts';
import { setWeight } from '../../drivers/call-driver.ts';
import { makeTemporaryDirectory } from './temporary-directory.ts';

describe('registerDemoRoutes', () => {
  let app: FastifyInstance;
  let demo: Demo;
  beforeEach(async () => {
    const dataDir = makeTemporaryDirectory();
    demo = await startDemo({ dataDir, stableVersion: '2.3.0', candidateVersion: '2.4.0', load: 0 });
    onTestFinished(demo.close);
    app = fastify();
    registerDemoRoutes(app, demo);
  });
  const put = (payload: object) => app.inject({ method: 'PUT', url: '/sandbox/demo', payload });

  it('shows the state', async () => {
    const response = await app.inject('/sandbox/demo');
    expect(response.json()).toEqual(demo.state());
    expect(response.json()).toMatchObject({ weight: 0, faulty: false, load: 0 });
  });

  it('changes what is named and leaves the rest', async () => {
    expect((await put({ faulty: true })).json()).toMatchObject({ faulty: true, load: 0 });
    expect((await put({ load: 5 })).json()).toMatchObject({ faulty: true, load: 5 });
    expect((await put({})).json()).toMatchObject({ faulty: true, load: 5 });
  });

  it('makes the deployment target misbehave, and ends it', async () => {
    const driver = driverRegistry.create(
      {
        type: 'demo',
        adminUrl: demo.adminUrl,
        token: demo.adminToken,
        timeoutMs: 3_000,
      },
      { clock: systemClock },
    );
    const promote = () => setWeight(driver, { weight: 10, operationId: 'a' });
    await put({ adminFault: { kind: 'refuse' } });
    await expect(promote()).rejects.toThrow('HTTP 503: The splitter takes no commands now.');
    await put({ adminFault: null });
    await promote();
    expect(demo.state().weight).toBe(10);
  });

  it.each([
    { faulty: 'yes' },
    { load: -1 },
    { load: 2_001 },
    { weight: 50 },
    { adminFault: { kind: 'explode' } },
    { adminFault: { kind: 'slow' } },
    { faulty: true, load: null },
  ])('refuses %j', async (payload) => {
    const before = demo.state();
    const response = await put(payload);
    expect(response.statusCode).toBe(400);
    expect(response.json()).toEqual({ error: 'invalid_request', message: expect.any(String) });
    expect(demo.state()).toEqual(before);
  });
});
