import { WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from '@slack/web-api';
import { afterEach, expect, it } from 'vitest';
import { outcomeOfError } from '../../../../src/bot/slack/client/send-outcome.ts';
import { createWebApiCall } from '../../../../src/bot/slack/client/web-api-call.ts';
import { type Reply, recordingLog, startWebApiDouble } from '../web-api-double.ts';

const cleanUps: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp();
});

async function setUp(reply: Reply | (() => Reply), timeoutMs?: number) {
  const double = await startWebApiDouble(typeof reply === 'function' ? reply : () => reply);
  cleanUps.push(double.close);
  const log = recordingLog();
  const call = createWebApiCall({ token: 'xoxb-1', apiUrl: double.apiUrl, log }, timeoutMs);
  return { call: () => call('chat.postMessage', { text: 'é \u{1F600}' }), double, log };
}

async function failureOf(call: () => Promise<unknown>): Promise<unknown> {
  const answer = await call().catch((error: unknown) => ({ error }));
  if (typeof answer === 'object' && answer !== null && 'error' in answer) return answer.error;
  throw new Error('expected a failure');
}

it('sends its arguments as JSON, and returns what Slack answered', async () => {
  const { call, double } = await setUp({ ok: true, ts: '1.2', channel: 'C1', message: { text: 'x' } });
  expect(await call()).toEqual({ ok: true, ts: '1.2', channel: 'C1' });
  expect(double.calls).toEqual([
    { method: 'chat.postMessage', args: { text: 'é \u{1F600}' }, authorization: 'Bearer xoxb-1' },
  ]);
});

it('takes an address without its last slash', async () => {
  const { double, log } = await setUp({ ok: true });
  const call = createWebApiCall({ token: 'xoxb-1', apiUrl: double.apiUrl.replace(/\/$/, ''), log });
  await call('chat.update', {});
  expect(double.calls[0]?.method).toBe('chat.update');
});

it('tells a refusal, and writes what Slack explains into the log, without secrets', async () => {
  const messages = ['[ERROR] must be a string [json-pointer:/text]', 'token xoxb-1-secret'];
  const { call, log } = await setUp({
    ok: false,
    error: 'invalid_arguments',
    response_metadata: { messages, warnings: ['superfluous_charset'] },
  });
  const error = await failureOf(call);
  expect(error).toBeInstanceOf(WebAPIPlatformError);
  expect(error).toMatchObject({ data: { error: 'invalid_arguments' } });
  expect(log.lines.join('\n')).toMatch(/superfluous_charset[\s\S]*must be a string/);
  expect(log.lines.join('\n')).not.toContain('secret');
});

it('tells how long to wait, whatever the status', async () => {
  const headers = { 'retry-after': '7', 'content-type': 'application/json' };
  const limited = await setUp({ status: 429, headers });
  expect(await failureOf(limited.call)).toBeInstanceOf(WebAPIRateLimitedError);
  for (const status of [429, 200]) {
    const { call } = await setUp({ status, headers, body: '{"ok":false,"error":"ratelimited"}' });
    expect(outcomeOfError(await failureOf(call))).toEqual({ result: 'rate-limited', retryAfterMs: 7_000 });
  }
});

it.each(['', 'null', '{}', '[]', '{"ok":false}', '{"ok":"yes"}', '{"ok":true,"ts":5}', 'unavailable'])(
  'does not know what became of a call that was answered with %j',
  async (body) => {
    const { call } = await setUp({ status: 200, body });
    const error = await failureOf(call);
    expect(error).toBeInstanceOf(WebAPIRequestError);
    expect(outcomeOfError(error)).toMatchObject({
      result: 'unknown',
      detail: expect.stringContaining('no readable answer'),
    });
  },
);

it.each([
  { ok: true, ts: '1.2', channel: null, view: null, response_metadata: null },
  {
    ok: true,
    ts: '1.2',
    channel: { id: 'C1' },
    view: 'V1',
    response_metadata: { warnings: 'none', messages: [1] },
  },
])('takes an answer whatever the shape of what decides nothing', async (reply) => {
  const { call } = await setUp(reply);
  expect(await call()).toMatchObject({ ok: true, ts: '1.2' });
});

it('takes a refusal whatever it remarks', async () => {
  const { call } = await setUp({ ok: false, error: 'invalid_blocks', response_metadata: { messages: {} } });
  expect(outcomeOfError(await failureOf(call))).toMatchObject({ result: 'refused', code: 'invalid_blocks' });
});

it('writes into the log that nothing could be reached, without secrets', async () => {
  const { call, double, log } = await setUp('drop');
  await failureOf(call);
  await double.close();
  await failureOf(call);
  expect(log.lines).toEqual([
    expect.stringContaining('chat.postMessage failed: '),
    expect.stringContaining('chat.postMessage failed: NotConnectedError'),
  ]);
  expect(log.lines.join('\n')).not.toContain('xoxb');
});

it('gives up after its time, without a second try', async () => {
  const replies: Reply[] = [{ ok: true }, 'hang'];
  const { call, double } = await setUp(() => replies.shift() ?? 'hang', 500);
  // So that the connection is there.
  await call();
  expect(outcomeOfError(await failureOf(call))).toMatchObject({
    result: 'unknown',
    detail: expect.stringContaining('Timeout'),
  });
  expect(double.calls).toHaveLength(2);
});
