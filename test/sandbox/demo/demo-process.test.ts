import { writeFileSync } from 'node:fs';
import path from 'node:path';
import fastify from 'fastify';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { DemoState } from '../../../sandbox/control-api.ts';
import type { DemoOptions } from '../../../sandbox/demo/demo.ts';
import { registerDemoRoutes } from '../../../sandbox/demo/demo-routes.ts';
import { type DemoProcess, startDemoProcess } from '../../../sandbox/demo/start-demo-process.ts';
import { driverRegistry } from '../../../src/drivers/driver-registry.ts';
import { systemClock } from '../../../src/lib/clock.ts';
import { setWeight } from '../../drivers/call-driver.ts';
import { makeTemporaryDirectory } from './temporary-directory.ts';

const options = (): DemoOptions => ({
  dataDir: makeTemporaryDirectory(),
  stableVersion: '2.3.0',
  candidateVersion: '2.4.0',
  load: 0,
});

async function start(onEnd: () => void = () => undefined): Promise<DemoProcess> {
  const demo = await startDemoProcess(options(), onEnd);
  onTestFinished(demo.close);
  return demo;
}

const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('startDemoProcess', () => {
  it('switches the demo and tells what becomes of it, from another process', async () => {
    const demo = await start();
    const told: DemoState[] = [];
    demo.onChange((state) => told.push(state));
    expect(demo.pid).not.toBe(process.pid);
    expect(await demo.change({ faulty: true, load: 5 })).toMatchObject({ faulty: true, load: 5, weight: 0 });
    const driver = driverRegistry.create(
      {
        type: 'demo',
        adminUrl: demo.adminUrl,
        token: demo.adminToken,
        timeoutMs: 3_000,
      },
      { clock: systemClock },
    );
    await setWeight(driver, { weight: 10, operationId: 'a' });
    await expect.poll(() => told.at(-1), { timeout: 8_000 }).toMatchObject({ faulty: true, weight: 10 });
    expect(await demo.change({})).toMatchObject({ faulty: true, load: 5, weight: 10 });
  });

  it('passes on why a change is refused, and goes on', async () => {
    const demo = await start();
    await expect(demo.change({ load: 2_001 })).rejects.toThrow('The load must be 0 to 2000');
    expect(await demo.change({})).toMatchObject({ load: 0 });
  });

  it('says why it can not start, and leaves nothing running', async () => {
    const file = path.join(makeTemporaryDirectory(), 'file');
    writeFileSync(file, '');
    await expect(startDemoProcess({ ...options(), dataDir: file }, () => undefined)).rejects.toThrow(
      /EEXIST|ENOTDIR/,
    );
  });

  it('ends when it is closed, without a word of an unexpected end', async () => {
    let ends = 0;
    const demo = await start(() => {
      ends += 1;
    });
    await demo.close();
    expect(isRunning(demo.pid)).toBe(false);
    expect(ends).toBe(0);
  });

  it('says so when it ends by itself, and refuses what is asked of it then', async () => {
    let ends = 0;
    const demo = await start(() => {
      ends += 1;
    });
    const asked = demo.change({});
    process.kill(demo.pid, 'SIGKILL');
    await Promise.allSettled([asked]);
    await expect.poll(() => ends, { timeout: 8_000 }).toBe(1);
    await expect(demo.change({ faulty: true })).rejects.toThrow('The demo service has ended.');
    const app = fastify();
    registerDemoRoutes(app, demo);
    const response = await app.inject('/sandbox/demo');
    expect(response.statusCode).toBe(500);
    expect(response.json().message).toContain('Stop the sandbox and start it again.');
  });
});
