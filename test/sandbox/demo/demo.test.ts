import { createServer } from 'node:http';
import { Agent, request } from 'undici';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { DemoState } from '../../../sandbox/control-api.ts';
import { type Demo, type DemoOptions, startDemo } from '../../../sandbox/demo/demo.ts';
import { listen, shutDown } from '../../../sandbox/demo/listen.ts';
import { driverRegistry } from '../../../src/drivers/driver-registry.ts';
import { setWeight as callSetWeight, rollBack } from '../../drivers/call-driver.ts';
import { makeTemporaryDirectory } from './temporary-directory.ts';

const versions = { stableVersion: '2.3.0', candidateVersion: '2.4.0' };

describe('startDemo', () => {
  let dataDir: string;
  beforeEach(() => {
    dataDir = makeTemporaryDirectory();
  });

  const start = async (options: Partial<DemoOptions> = {}): Promise<Demo> => {
    const demo = await startDemo({ dataDir, ...versions, load: 0, ...options });
    onTestFinished(demo.close);
    return demo;
  };
  const driverOf = ({ adminUrl, adminToken: token }: Demo) =>
    driverRegistry.create({ type: 'demo', adminUrl, token, timeoutMs: 3_000 });
  const setWeight = (demo: Demo, weight: number) => callSetWeight(driverOf(demo), { weight });

  /** Sends requests over kept connections, 50 at a time; counts the answers by version and code. */
  const send = async (demo: Demo, requests: number): Promise<Record<string, number>> => {
    const dispatcher = new Agent({ connections: 50 });
    onTestFinished(() => dispatcher.destroy());
    const answers: Record<string, number> = {};
    let left = requests;
    const sendSome = async (): Promise<void> => {
      while (left > 0) {
        left -= 1;
        const { statusCode, body } = await request(demo.trafficUrl, { dispatcher });
        const { version } = (await body.json()) as { version: string };
        const answer = `${version} ${statusCode}`;
        answers[answer] = (answers[answer] ?? 0) + 1;
      }
    };
    await Promise.all(Array.from({ length: 50 }, sendSome));
    return answers;
  };

  it.each([
    [0, 300],
    [1, 1_000],
    [10, 500],
    [50, 500],
    [100, 300],
  ])('sends %s % of the traffic to the candidate, exactly, over %s requests', async (weight, requests) => {
    const demo = await start();
    await setWeight(demo, weight);
    const { '2.4.0 200': candidate = 0, '2.3.0 200': stable = 0, ...others } = await send(demo, requests);
    expect(others).toEqual({});
    expect(candidate).toBe((requests * weight) / 100);
    expect(stable).toBe(requests - candidate);
    expect(demo.state()).toMatchObject({
      stable: { version: '2.3.0', requests: stable, errors: 0 },
      candidate: { version: '2.4.0', requests: candidate, errors: 0 },
    });
  });

  it('sends no request to the candidate after a rollback was acknowledged, under load', async () => {
    const demo = await start({ load: 500 });
    await setWeight(demo, 100);
    await expect.poll(() => demo.state().candidate.requests, { timeout: 8_000 }).toBeGreaterThan(50);
    await rollBack(driverOf(demo));
    expect(await send(demo, 300)).toEqual({ '2.3.0 200': 300 });
  });

  it('lets a third of the requests of a faulty candidate fail, and no other', async () => {
    const demo = await start();
    demo.change({ faulty: true });
    await setWeight(demo, 50);
    expect(await send(demo, 600)).toEqual({ '2.3.0 200': 300, '2.4.0 200': 200, '2.4.0 500': 100 });
    demo.change({ faulty: false });
    expect(await send(demo, 60)).toEqual({ '2.3.0 200': 30, '2.4.0 200': 30 });
    expect(demo.state().candidate).toMatchObject({ requests: 330, errors: 100 });
  });

  it('makes the load that is asked for, and pauses it', async () => {
    const demo = await start({ load: 300 });
    const total = () => demo.state().stable.requests;
    await expect.poll(total, { timeout: 8_000 }).toBeGreaterThan(10);
    const before = { at: performance.now(), total: total() };
    await expect.poll(total, { timeout: 8_000 }).toBeGreaterThan(before.total + 450);
    const rate = ((total() - before.total) / (performance.now() - before.at)) * 1_000;
    expect(rate).toBeGreaterThan(150);
    expect(rate).toBeLessThan(330);

    demo.change({ load: 0 });
    await send(demo, 50);
    const paused = total();
    expect(await send(demo, 100)).toEqual({ '2.3.0 200': 100 });
    expect(total()).toBe(paused + 100);
    expect(() => demo.change({ load: 2_001 })).toThrow(RangeError);
  });

  it('serves metrics of each version, and of both on one page', async () => {
    const demo = await start();
    await setWeight(demo, 50);
    await send(demo, 100);
    const count = (version: string) =>
      `http_request_duration_seconds_count{version="${version}",code="200"} 50\n`;
    const page = async (url: string) => await (await fetch(url)).text();
    const merged = await page(demo.metricsUrl);
    expect(merged).toContain(count('2.3.0'));
    expect(merged).toContain(count('2.4.0'));
    const { stable, candidate } = demo.state();
    expect(await page(`${stable.url}/metrics`)).toContain(count('2.3.0'));
    expect(await page(`${stable.url}/metrics`)).not.toContain('2.4.0');
    expect(await page(`${candidate.url}/metrics`)).toContain(count('2.4.0'));
  });

  it('tells listeners of a command at once, and of traffic as it comes', async () => {
    const demo = await start();
    const seen: DemoState[] = [];
    const unsubscribe = demo.onChange((state) => seen.push(state));
    await setWeight(demo, 10);
    demo.change({ faulty: true });
    demo.change({ faulty: true });
    expect(seen.map(({ weight, faulty }) => ({ weight, faulty }))).toEqual([
      { weight: 10, faulty: false },
      { weight: 10, faulty: true },
    ]);
    await send(demo, 20);
    await expect.poll(() => seen.at(-1)?.stable.requests, { timeout: 8_000 }).toBe(18);
    unsubscribe();
    demo.change({ faulty: false });
    expect(seen.at(-1)?.faulty).toBe(true);
  });

  it('keeps weight, fault and load over a restart', async () => {
    const demo = await start();
    await setWeight(demo, 100);
    demo.change({ faulty: true });
    demo.change({ load: 20 });
    await demo.close();
    await demo.close();
    const again = await startDemo({ dataDir, ...versions });
    onTestFinished(again.close);
    expect(again.state()).toMatchObject({ weight: 100, faulty: true, load: 20 });
    again.change({ load: 0 });
    expect((await send(again, 60))['2.4.0 500']).toBeGreaterThanOrEqual(19);
  });

  it('leaves nothing running when a port is taken', async () => {
    const blocker = createServer();
    onTestFinished(() => shutDown(blocker));
    const taken = Number(new URL(await listen(blocker, 0)).port);
    const spare = createServer();
    const free = Number(new URL(await listen(spare, 0)).port);
    await shutDown(spare);
    await expect(start({ ports: { stable: free, admin: taken } })).rejects.toThrow('EADDRINUSE');
    const demo = await start({ ports: { stable: free } });
    expect(demo.state().stable.url).toBe(`http://127.0.0.1:${free}`);
  });
});
