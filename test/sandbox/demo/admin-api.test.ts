import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { type Demo, startDemo } from '../../../sandbox/demo/demo.ts';
import { makeTemporaryDirectory } from './temporary-directory.ts';

describe('the admin API', () => {
  let demo: Demo;
  let dataDir: string;
  const start = async (): Promise<void> => {
    demo = await startDemo({ dataDir, stableVersion: '2.3.0', candidateVersion: '2.4.0', load: 0 });
    onTestFinished(demo.close);
  };
  beforeEach(async () => {
    dataDir = makeTemporaryDirectory();
    await start();
  });

  const call = async (method: string, path: string, body?: unknown, token = demo.adminToken) => {
    const response = await fetch(`${demo.adminUrl}/admin/${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: body === undefined ? null : JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as unknown };
  };
  const setWeight = (weight: number, operationId: string) =>
    call('PUT', 'weight', { version: '2.4.0', weight, operationId });
  const state = { weight: 0, stableVersion: '2.3.0', candidateVersion: '2.4.0' };

  it('answers a command with the new state', async () => {
    expect(await call('GET', 'state')).toEqual({ status: 200, body: state });
    expect(await setWeight(10, 'a')).toEqual({ status: 200, body: { ...state, weight: 10 } });
    expect(await call('POST', 'rollback', { operationId: 'b' })).toEqual({ status: 200, body: state });
  });

  it.each([
    ['GET', 'state'],
    ['PUT', 'weight'],
    ['POST', 'rollback'],
  ])('asks for the token at %s %s', async (method, path) => {
    const body = method === 'GET' ? undefined : { version: '2.4.0', weight: 50, operationId: 'a' };
    for (const token of ['', 'wrong', `${demo.adminToken}x`]) {
      expect(await call(method, path, body, token)).toMatchObject({
        status: 401,
        body: { error: 'unauthorized' },
      });
    }
    expect(demo.state().weight).toBe(0);
  });

  it.each([
    { version: '2.4.0', weight: 101, operationId: 'a' },
    { version: '2.4.0', weight: -1, operationId: 'a' },
    { version: '2.4.0', weight: '10', operationId: 'a' },
    { version: '2.4.0', weight: 10 },
    { version: '2.4.0', weight: 10, operationId: '' },
    { version: '2.4.0', weight: 10, operationId: 'a', force: true },
    'text',
    7,
  ])('refuses the weight command %j', async (body) => {
    expect(await call('PUT', 'weight', body)).toMatchObject({ status: 400, body: { error: 'invalid' } });
    expect(demo.state().weight).toBe(0);
  });

  it('refuses another version, naming the candidate', async () => {
    const command = { version: '2.5.0', weight: 10, operationId: 'a' };
    expect(await call('PUT', 'weight', command)).toEqual({
      status: 409,
      body: {
        error: 'unknown-version',
        message: 'Version 2.5.0 is not deployed as the candidate; 2.4.0 is.',
      },
    });
  });

  it('keeps weight and operations over a restart, under a new token', async () => {
    await setWeight(10, 'promote-10');
    await setWeight(50, 'promote-50');
    const { adminToken } = demo;
    await demo.close();
    await start();
    expect(demo.adminToken).not.toBe(adminToken);
    expect(demo.state().weight).toBe(50);
    expect(await setWeight(10, 'promote-10')).toEqual({ status: 200, body: { ...state, weight: 50 } });
    expect(await call('GET', 'state', undefined, adminToken)).toMatchObject({ status: 401 });
  });

  it('closes at once while it plays a slow answer', async () => {
    demo.change({ adminFault: { kind: 'slow', delayMs: 60_000 } });
    const command = setWeight(10, 'a').catch((error: unknown) => error);
    await expect.poll(() => demo.state().weight, { timeout: 8_000 }).toBe(10);
    const before = performance.now();
    await demo.close();
    expect(performance.now() - before).toBeLessThan(2_000);
    await command;
  });
});
