import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MetricName } from '../../../src/core/metrics/metric-registry.ts';
import type { MetricSource } from '../../../src/services/ports/metric-source.ts';
import { serve } from '../../support/serve.ts';
import { startPrometheus, type TestPrometheus } from '../../support/start-prometheus.ts';
import { RecordedRequests } from './recorded-requests.ts';

const windowMs = 60_000;
const ask = (source: MetricSource, metric: MetricName, version: string) =>
  source.query({ metric, windowMs, target: { version } });

describe('On a real Prometheus', () => {
  let prometheus: TestPrometheus;
  beforeAll(async () => {
    prometheus = await startPrometheus();
  });
  afterAll(() => prometheus.stop());

  let made = 0;
  /** A version of its own, with a minute in which nobody asked anything of it. */
  async function begin() {
    made += 1;
    const version = `${made}.0.0`;
    const requests = new RecordedRequests(prometheus, { version });
    await requests.pass(windowMs);
    return { version, requests };
  }

  it('counts the first failures of a version, whose series has only just begun', async () => {
    const { version, requests } = await begin();
    requests.serve({ count: 100, failed: 20 });
    await requests.pass(1_000);
    const reading = await ask(requests.source(), 'error-rate', version);
    expect(reading).toMatchObject({ kind: 'value', value: 0.2, requests: 100 });
  });

  it('answers a query of a plan with one number, or says why there is none', async () => {
    const { version, requests } = await begin();
    requests.serve({ count: 100, failed: 0 });
    await requests.pass(1_000);
    const asks = (query: string) => requests.source().ask?.({ query, windowMs, target: { version } });
    expect(await asks('sum(http_request_duration_seconds_count{$matchers})')).toMatchObject({
      kind: 'value',
      value: 100,
    });
    expect(await asks('sum(increase(no_such_series{version="$version"}[$window]))')).toMatchObject({
      kind: 'no-data',
      reason: 'the query gives no number',
    });
    expect(await asks('http_request_duration_seconds_bucket{$matchers}')).toMatchObject({
      kind: 'no-data',
      reason: 'the query has 3 values, and must have one',
    });
    expect(await asks('sum(')).toMatchObject({
      kind: 'no-data',
      reason: expect.stringContaining('refuses the query'),
    });
  });

  it('counts what came before and after a restart', async () => {
    const { version, requests } = await begin();
    requests.serve({ count: 100, failed: 0 });
    await requests.pass(20_000);
    requests.restart();
    requests.serve({ count: 50, failed: 50 });
    await requests.pass(20_000);
    const reading = await ask(requests.source(), 'error-rate', version);
    // Of series that went back, Prometheus fills in the ends of the window.
    expect(reading.kind === 'value' && reading.value).toBeGreaterThan(0.3);
    expect(reading.kind === 'value' && reading.value).toBeLessThan(0.4);
  });

  it('counts the failures of an instance that is gone', async () => {
    const { version, requests } = await begin();
    const gone = new RecordedRequests(prometheus, { version, instance: 'gone', now: requests.now });
    gone.serve({ count: 50, failed: 50 });
    await gone.pass(5_000);
    requests.serve({ count: 50, failed: 0 });
    await requests.pass(30_000);
    const reading = await ask(requests.source(), 'error-rate', version);
    expect(reading).toMatchObject({ kind: 'value', value: 0.5, requests: 100 });
  });

  it('has no data when requests have no code that says whether they failed', async () => {
    const { version, requests } = await begin();
    requests.serve({ count: 100, failed: 50 });
    await requests.pass(5_000);
    const elsewhere = requests.source({ codeLabel: 'status' });
    const reason = 'it is not known whether all requests failed or not: some have no code that says so';
    expect(await ask(elsewhere, 'error-rate', version)).toMatchObject({ kind: 'no-data', reason });
    expect(await ask(elsewhere, 'latency-p95', version)).toMatchObject({ kind: 'value' });
  });

  it('takes an instance that missed a scrape for the one it was', async () => {
    const { version, requests } = await begin();
    const other = new RecordedRequests(prometheus, { version, instance: 'two', now: requests.now });
    other.serve({ count: 900, failed: 900 });
    await other.pass(5_000);
    requests.now = other.now;
    await requests.pass(windowMs);
    // The scrape at the beginning of the window is missing: its series was called stale there.
    other.now += 3_000;
    await other.pass(windowMs - 3_000);
    requests.serve({ count: 100, failed: 0 });
    await requests.pass(2_000);
    const reading = await ask(requests.source(), 'error-rate', version);
    expect(reading).toMatchObject({ kind: 'value', value: 0, requests: 100 });
  });

  it('has no data while the samples do not go back to the beginning of the window', async () => {
    const version = 'young';
    const requests = new RecordedRequests(prometheus, { version });
    requests.serve({ count: 100, failed: 0 });
    await requests.pass(windowMs / 2);
    const reading = await ask(requests.source(), 'error-rate', version);
    expect(reading).toMatchObject({ kind: 'no-data', reason: 'needs 60 s of samples, has fewer' });
  });

  it('has no data when the last sample is old, though Prometheus still answers', async () => {
    const { version, requests } = await begin();
    requests.serve({ count: 100, failed: 0 });
    await requests.pass(5_000);
    requests.now += 30_000;
    const strict = requests.source({ maxAgeMs: 20_000 });
    expect(await ask(strict, 'error-rate', version)).toMatchObject({
      kind: 'no-data',
      reason: 'the last sample is 30 s old',
    });
    expect((await ask(requests.source(), 'error-rate', version)).kind).toBe('value');
  });

  it('does not take the largest bucket for a response time', async () => {
    const { version, requests } = await begin();
    requests.serve({ count: 100, failed: 0, slow: 6 });
    await requests.pass(5_000);
    expect(await ask(requests.source(), 'latency-p95', version)).toMatchObject({
      kind: 'no-data',
      reason: 'too many requests took longer than the largest bucket of the histogram',
    });
    requests.serve({ count: 100, failed: 0 });
    await requests.pass(5_000);
    expect(await ask(requests.source(), 'latency-p95', version)).toMatchObject({ kind: 'value' });
  });

  it('asks what the settings say, of the version and window', async () => {
    const { version, requests } = await begin();
    requests.serve({ count: 100, failed: 0 });
    await requests.pass(5_000);
    const own = (query: string) =>
      ask(requests.source({ queries: { 'error-rate': query } }), 'error-rate', version);
    const counted = 'http_request_duration_seconds_count';
    expect(await own(`scalar(sum(${counted}{version="$version"})) / 1000`)).toMatchObject({ value: 0.1 });
    expect(await own(`sum(max_over_time(${counted}{$matchers}[$window]))`)).toMatchObject({ value: 100 });
    expect(await own(`${counted}{version="nobody"}`)).toMatchObject({ reason: 'error-rate is not a number' });
    expect(await own('vector(0) / 0')).toMatchObject({ reason: 'error-rate is not a number' });
    expect(await own('vector(1) / 0')).toMatchObject({ reason: 'error-rate is not a number' });
    expect(await own('http_request_duration_seconds_bucket{$matchers}')).toMatchObject({
      reason: 'the query for error-rate has 3 values, and must have one',
    });
    expect(await own('sum(')).toMatchObject({
      kind: 'no-data',
      reason: expect.stringMatching(/^it refuses the query: .*parse error/),
    });
  });

  it('keeps what a version is called out of the query', async () => {
    const { requests } = await begin();
    const version = `x"} or vector(1) #\\`;
    expect(await ask(requests.source(), 'error-rate', version)).toMatchObject({
      kind: 'no-data',
      reason: `version ${version} is not in the metrics`,
    });
  });

  it('measures only series that match', async () => {
    const { version, requests } = await begin();
    requests.serve({ count: 100, failed: 0 });
    await requests.pass(5_000);
    const here = requests.source({ matchers: { instance: 'one' } });
    expect((await ask(here, 'error-rate', version)).kind).toBe('value');
    const there = requests.source({ matchers: { instance: 'two' } });
    expect((await ask(there, 'error-rate', version)).kind).toBe('no-data');
  });
});

describe('With what servers answer', () => {
  const sourceAt = (url: string, change = {}) =>
    new RecordedRequests({ url, write: async () => undefined, stop: async () => undefined }).source(change);
  const reasonOf = async (source: MetricSource) => {
    const reading = await ask(source, 'error-rate', '2');
    return reading.kind === 'no-data' ? reading.reason : reading;
  };

  it.each([
    [401, '', 'it refuses us (HTTP 401)'],
    [302, '', 'it redirects (HTTP 302)'],
    [502, '<html>', 'HTTP 502'],
    [200, '<html>', 'it answers with something that is not a result of a query'],
    [
      200,
      '{"status":"success","data":{"resultType":"matrix","result":[]}}',
      'it answers with something that is not a result of a query',
    ],
    [
      503,
      '{"status":"error","errorType":"timeout","error":"query timed out"}',
      'it refuses the query: query timed out',
    ],
  ])('HTTP %i %s is no data', async (status, body, reason) => {
    const url = await serve((_, response) => {
      response.writeHead(status, { location: 'http://127.0.0.1:9/' }).end(body);
    });
    expect(await reasonOf(sourceAt(url))).toBe(reason);
  });

  it('shows who it is, and names no secret', async () => {
    const seen: (string | undefined)[] = [];
    const url = await serve((request, response) => {
      seen.push(request.headers.authorization);
      response.writeHead(403).end();
    });
    const source = sourceAt(`${url}/prom`, { auth: { token: 'a-token' } });
    const reading = await ask(source, 'error-rate', '2');
    expect(new Set(seen)).toEqual(new Set(['Bearer a-token']));
    expect(reading).toEqual({ kind: 'no-data', reason: 'it refuses us (HTTP 403)', source: `${url}/prom` });
  });

  it('takes a value of which the server warns for no proof of health', async () => {
    const now = 1_800_000_000_000;
    const url = await serve(async (request, response) => {
      const asked = new URLSearchParams(await text(request)).get('query') ?? '';
      const isUntold = asked.includes('!~');
      const result = isUntold ? [] : [{ metric: {}, value: [now / 1000, String(now / 1000)] }];
      const warnings = ['store eu-2 did not answer'];
      response.end(JSON.stringify({ status: 'success', data: { resultType: 'vector', result }, warnings }));
    });
    expect(await ask(sourceAt(url), 'error-rate', '2')).toMatchObject({
      kind: 'value',
      unproven: 'it warns: store eu-2 did not answer',
    });
  });

  it('waits no longer than it may', async () => {
    const url = await serve(() => undefined);
    expect(await reasonOf(sourceAt(url, { timeoutMs: 200 }))).toBe('no answer within 0.2 s');
  });
});
