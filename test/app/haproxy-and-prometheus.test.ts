import { afterAll, beforeAll, expect, it } from 'vitest';
import { type HaproxyTarget, openHaproxyTarget } from '../drivers/haproxy/haproxy-target.ts';
import { RecordedRequests } from '../metrics/prometheus/recorded-requests.ts';
import { startPrometheus, type TestPrometheus } from '../support/start-prometheus.ts';
import {
  dana,
  emil,
  expectIntactAudit,
  goLive,
  planRelease,
  seePost,
  seePrivately,
  submit,
  type,
  wordsOf,
} from './scene.ts';
import { startTestApp, type TestApp } from './start-test-app.ts';

const key = 'web-2.4.0';
const criteria = '[{ metric: error-rate, below: 1, window: PT10S, minRequests: 20 }]';

let target: HaproxyTarget;
let prometheus: TestPrometheus;
let requests: RecordedRequests;
let app: TestApp;
let errors = 0;
let serving: NodeJS.Timeout;

beforeAll(async () => {
  [target, prometheus] = await Promise.all([openHaproxyTarget(), startPrometheus()]);
  const tminusYaml = JSON.stringify({
    drivers: { shop: target.settings },
    metrics: { production: { type: 'prometheus', url: prometheus.url } },
  });
  app = await startTestApp('socket', { tminusYaml });
  // What the new version has been answering for half a minute, and answers from now on, ten requests a second.
  requests = new RecordedRequests(prometheus, { version: '2.4.0', now: Date.now() - 30_000 });
  for (let second = 0; second < 30; second += 1) await answerSecond();
  serving = setInterval(() => void answerSecond(), 1_000);
  await planRelease(app, {
    key,
    driver: 'shop',
    phases: `[{ trafficPercent: 10, criteria: ${criteria} }, { trafficPercent: 100 }]\n  metrics: production`,
  });
  await goLive(app, key);
}, 60_000);
afterAll(async () => {
  clearInterval(serving);
  await app.stop();
  await Promise.all([target.close(), prometheus.stop()]);
});

async function answerSecond(): Promise<void> {
  requests.serve({ count: 10, failed: errors });
  await requests.pass(1_000);
}

/** How many of so many requests through the proxy the new version answers, percent. */
async function share(count: number): Promise<number> {
  const before = target.candidate.requests;
  for (let sent = 0; sent < count; sent += 1) await (await fetch(target.proxy.url)).text();
  return (100 * (target.candidate.requests - before)) / count;
}

it('moves real traffic, and says so once it has moved', async () => {
  expect(await share(50)).toBe(0);
  await type(app, dana, `/promote ${key} --yes`);
  await seePost(app, /^web-2\.4\.0: started with 10 %/);
  expect(Math.abs((await share(200)) - 10)).toBeLessThanOrEqual(1);
  expect(wordsOf(await seePost(app, /🟢 Error rate/u))).toContain('0.00 %');
});

it('refuses to go on when Prometheus shows failures', async () => {
  errors = 5;
  const told = await seePost(app, /^🔴 Web shop 2\.4\.0 at 10 %: FAILING\./u);
  expect(wordsOf(told)).toMatch(/Error rate \d+\.\d\d %, must be below 1 %/);
  await type(app, dana, `/promote ${key} --yes`);
  await seePrivately(app, dana, 'Error rate');
  expect(Math.abs((await share(200)) - 10)).toBeLessThanOrEqual(1);
});

it('takes all traffic back, though the new version no longer answers', async () => {
  await target.candidate.close();
  await type(app, emil, `/rollback ${key}`);
  await submit(app, emil, { reason: 'Half of the checkouts fail.' });
  await seePost(app, /^web-2\.4\.0: rolled back$/);
  const before = target.candidate.requests;
  expect((await fetch(target.proxy.url)).status).toBe(200);
  expect(await share(40)).toBe(0);
  expect(target.candidate.requests).toBe(before);
  await expectIntactAudit(app);
});
