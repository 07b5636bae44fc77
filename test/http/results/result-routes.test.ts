import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type HttpServer, startHttpServer } from '../../../src/http/http-server.ts';
import { resultRoutes } from '../../../src/http/results/result-routes.ts';
import { silentLog } from '../../../src/lib/log.ts';
import { auditOf, planRelease } from '../../services/steps.ts';
import { openWorld, type World } from '../../support/test-services.ts';

const secret = 'a-secret-of-at-least-thirty-two-characters';
const previousSecret = 'the-secret-before-of-thirty-two-characters';

let world: World;
let server: HttpServer;
let releaseId: string;
beforeEach(async () => {
  world = await openWorld();
  releaseId = await planRelease(world);
  server = await startHttpServer({
    port: 0,
    host: '127.0.0.1',
    routes: [resultRoutes(world.services, { ci: { secret, previousSecret } })],
    log: silentLog,
  });
});
afterEach(async () => {
  await server.close();
  await world.close();
});

interface Sent {
  body: string;
  query?: string;
  /** Epoch ms. */
  at?: number;
  by?: string;
  source?: string;
  /** What arrives in place of what was signed. */
  arrives?: { body?: string; query?: string };
}

/** Sends a request as the documents say: HMAC over timestamp, query and body. */
async function send({
  body,
  query = '',
  at = world.wall.now,
  by = secret,
  source = 'ci',
  arrives = {},
}: Sent) {
  const timestamp = String(Math.floor(at / 1000));
  const hash = createHmac('sha256', by).update(`${timestamp}.${query}.${body}`).digest('hex');
  const search = arrives.query ?? query;
  const response = await fetch(`${server.url}/results/${source}${search === '' ? '' : `?${search}`}`, {
    method: 'POST',
    headers: { 'x-tminus-timestamp': timestamp, 'x-tminus-signature': `v1=${hash}` },
    body: arrives.body ?? body,
  });
  const text = await response.text();
  return { status: response.status, answer: text === '' ? null : JSON.parse(text) };
}

const json = (changes: object = {}) =>
  JSON.stringify({
    release: 'web-2.4.0',
    url: 'https://ci.example.com/runs/42',
    results: [{ gate: 'unit-test-coverage', value: 91.3 }],
    ...changes,
  });
const rows = () =>
  world.query<{
    gate: string;
    number: number | null;
    grade: string | null;
    passed: boolean | null;
    source: string;
  }>('select gate, number, grade, passed, source from gate_results order by gate');

describe('results that are sent', () => {
  it('are kept, of each kind, with where they come from; the trail says so', async () => {
    const results = [
      { gate: 'unit-test-coverage', value: 91.3 },
      { gate: 'static-analysis', grade: 'A' },
      { gate: 'sast', passed: true },
    ];
    const { status, answer } = await send({ body: json({ results, version: '2.4.0' }) });
    expect({ status, answer }).toEqual({
      status: 200,
      answer: { releaseKey: 'web-2.4.0', gates: ['unit-test-coverage', 'static-analysis', 'sast'] },
    });
    expect(await rows()).toEqual([
      { gate: 'sast', number: null, grade: null, passed: true, source: 'ci' },
      { gate: 'static-analysis', number: null, grade: 'A', passed: null, source: 'ci' },
      { gate: 'unit-test-coverage', number: 91.3, grade: null, passed: null, source: 'ci' },
    ]);
    expect((await auditOf(world, releaseId)).at(-1)).toMatchObject({
      action: 'gates.reported',
      actor: 'system:ci',
      details: { source: 'ci', evidence: 'https://ci.example.com/runs/42' },
    });
  });

  it('may be signed with the secret before', async () => {
    expect((await send({ body: json(), by: previousSecret })).status).toBe(200);
  });

  it.each([
    ['by another secret', { by: 'another-secret-of-thirty-two-characters!' }],
    ['for another source', { source: 'nobody' }],
    ['for a name that every object has', { source: 'constructor' }],
    ['six minutes ago', { at: -6 * 60_000 }],
    ['six minutes ahead', { at: 6 * 60_000 }],
    [
      'with another body than it has',
      { arrives: { body: json({ results: [{ gate: 'sast', passed: true }] }) } },
    ],
    ['with another query than it has', { arrives: { query: 'release=web-2.4.0' } }],
  ])('are refused when they were signed %s, and nothing is kept', async (_, how) => {
    const at = 'at' in how ? world.wall.now + how.at : world.wall.now;
    const sent = await send({ body: json(), ...how, at });
    expect(sent).toMatchObject({ status: 401, answer: { error: expect.stringContaining('signature') } });
    expect(await rows()).toEqual([]);
  });

  it('are refused without a signature', async () => {
    const response = await fetch(`${server.url}/results/ci`, { method: 'POST', body: json() });
    expect(response.status).toBe(401);
  });

  it('count once, however often the same request comes', async () => {
    const first = await send({ body: json() });
    expect(await send({ body: json() })).toEqual(first);
    expect(await rows()).toHaveLength(1);
    // The same again by somebody who was not asked: it is another request only once it is signed anew.
    world.wall.now += 1000;
    await send({ body: json() });
    expect(await rows()).toHaveLength(2);
  });

  it.each([
    ['no JSON', 'hello', 400],
    ['a field that is not known', json({ extra: 1 }), 400],
    ['no value', json({ results: [{ gate: 'sast' }] }), 400],
    ['two values', json({ results: [{ gate: 'sast', passed: true, value: 1 }] }), 400],
    ['a value of another kind', json({ results: [{ gate: 'sast', value: 1 }] }), 400],
    ['a link that is none', json({ url: 'javascript:alert(1)' }), 400],
    ['a gate that there is not', json({ results: [{ gate: 'unit', value: 1 }] }), 404],
    ['a release that there is not', json({ release: 'web-9.9.9' }), 404],
    ['another version', json({ version: '2.3.9' }), 400],
    ['the future', json({ measuredAt: '2031-01-01T00:00:00Z' }), 400],
  ])('are refused for %s: all or none is kept', async (_, body, status) => {
    const sent = await send({ body });
    expect(sent).toMatchObject({ status, answer: { error: expect.any(String) } });
    expect(await rows()).toEqual([]);
  });
});

describe('a report that is sent as it is', () => {
  const query = (gate: string, format: string) => `release=web-2.4.0&gate=${gate}&format=${format}`;

  it.each([
    ['junit', 'sast', '<testsuite><testcase name="a"/></testsuite>', { passed: true, number: null }],
    ['lcov', 'unit-test-coverage', 'SF:a\nLF:4\nLH:3\nend_of_record\n', { passed: null, number: 75 }],
    ['cobertura', 'unit-test-coverage', '<coverage line-rate="0.9"/>', { passed: null, number: 90 }],
    [
      'sarif',
      'critical-vulnerabilities',
      '{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"t"}},"results":[{"level":"error"}]}]}',
      { passed: null, number: 1 },
    ],
  ])('answers a gate: %s for %s', async (format, gate, body, row) => {
    expect((await send({ body, query: query(gate, format) })).status).toBe(200);
    expect(await rows()).toMatchObject([{ gate, ...row }]);
  });

  it('of coverage says nothing of what has to pass', async () => {
    const sent = await send({ body: 'LF:4\nLH:3\n', query: query('sast', 'lcov') });
    expect(sent).toMatchObject({ status: 400, answer: { error: expect.stringContaining('does not say') } });
  });

  it('for a release whose name has a character that no text can have is refused', async () => {
    const sent = await send({
      body: 'LF:4\nLH:3\n',
      query: 'release=web%00&gate=coverage-line&format=lcov',
    });
    expect(sent).toMatchObject({ status: 400, answer: { error: expect.stringContaining('release') } });
  });

  it('says what is wrong with it', async () => {
    const sent = await send({ body: 'hello', query: query('sast', 'junit') });
    expect(sent).toMatchObject({
      status: 400,
      answer: { error: expect.stringContaining('not a JUnit report') },
    });
    const unknown = await send({ body: 'hello', query: query('sast', 'tap') });
    expect(unknown).toMatchObject({ status: 400, answer: { error: expect.stringContaining('format') } });
  });
});
