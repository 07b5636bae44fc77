import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeMetricsPage } from '../metrics/metrics-page.ts';
import { eventually } from '../support/eventually.ts';
import { startServer } from '../support/serve.ts';
import {
  dana,
  emil,
  expectIntactAudit,
  goLive,
  planRelease,
  posts,
  seePost,
  submit,
  type,
  wordsOf,
} from './scene.ts';
import { startTestApp, type TestApp } from './start-test-app.ts';

const key = 'web-2.4.0';
const version = '2.4.0';
const criteria =
  '[{ metric: error-rate, below: 0.1, window: PT2S, minRequests: 20 }, { metric: latency-p95, below: 200, window: PT2S, minRequests: 20 }]';

describe('a page of metrics that proves nothing, or that is hostile', () => {
  let app: TestApp;
  let served = 0;
  let write: (response: ServerResponse) => void;
  const show = (text: () => string): void => {
    write = (response) => response.end(text());
  };
  let page: Awaited<ReturnType<typeof startServer>>;
  const counters = (code: string, count: number) =>
    writeMetricsPage({ version, codes: { [code]: count }, buckets: { '0.1': count, '+Inf': count } });

  beforeAll(async () => {
    show(() => '');
    page = await startServer((_request, response) => {
      served += 1;
      write(response);
    });
    app = await startTestApp('socket', { metricsUrl: `${page.url}/metrics` });
    await planRelease(app, {
      key,
      phases: `[{ trafficPercent: 1, criteria: ${criteria} }, { trafficPercent: 100 }]`,
    });
    await goLive(app, key);
    await type(app, dana, `/promote ${key} --yes`);
    await seePost(app, /^web-2.4.0: started with 1 %/);
  });
  afterAll(async () => {
    await app.stop();
    await page.close();
  });

  const promote = async () => wordsOf((await type(app, dana, `/promote ${key} --yes`)).message);
  const seeCard = async (...wanted: string[]): Promise<void> => {
    await eventually(async () => {
      const all = (await posts(app)).map(wordsOf);
      for (const words of wanted) expect(all.filter((each) => each.includes(words))).not.toEqual([]);
    }, 20_000);
  };

  it('does not promote when nobody answers the requests, and the card says so', async () => {
    show(() => counters('0', served * 20));
    await seeCard(
      '🔴 Error rate 100.00 %',
      "no data (none of the requests is known to have been answered), so it can't be called healthy.",
    );
    expect(await promote()).toContain('Error rate is 100.00 %; it must be below 0.1 %.');
  });

  it('does not promote on codes that nobody explained', async () => {
    show(() => counters('completed', served * 20));
    await seeCard('no data (it is not known whether requests with the code "completed" failed)');
    expect(await promote()).toContain('it is not known whether requests with the code "completed" failed');
  });

  it('does not promote on the numbers of two instances in turn', async () => {
    show(() => counters('200', served % 2 === 0 ? 1_000_000 : 900_000));
    await seeCard('no data (the counters fell more than once in 16 minutes');
    expect(await promote()).toContain('several instances answer at this address in turn');
  });

  it.each<[string, (response: ServerResponse) => void]>([
    [
      'a number of 400,000 digits',
      (response) => response.end(`http_request_duration_seconds_count ${'1'.repeat(400_000)}x\n`),
    ],
    [
      '700,000 labels',
      (response) => response.end(`http_request_duration_seconds_count{${'a="",'.repeat(700_000)}} 1\n`),
    ],
    [
      '60,000 series',
      (response) =>
        response.end(
          Array.from(
            { length: 60_000 },
            (_, index) => `http_request_duration_seconds_count{i="${index}"} 1\n`,
          ).join(''),
        ),
    ],
    ['no end', (response) => response.write('up 1\n')],
  ])('answers at once beside a page of %s', async (_, hostile) => {
    write = hostile;
    const before = served;
    await eventually(async () => expect(served).toBeGreaterThan(before + 1), 10_000);
    const started = performance.now();
    expect((await fetch(`${app.app.httpUrl}/healthz`)).status).toBe(200);
    expect(performance.now() - started).toBeLessThan(2_000);
    expect(app.demo.state().weight).toBe(1);
  });

  it('rolls back while the page is hostile', async () => {
    write = (response) => response.end(`http_request_duration_seconds_count{${'a="",'.repeat(700_000)}} 1\n`);
    await type(app, emil, `/rollback ${key} nothing works`);
    await submit(app, emil, {});
    await seePost(app, /^web-2\.4\.0: rolled back$/);
    expect(app.demo.state().weight).toBe(0);
    await expectIntactAudit(app);
  });
});
