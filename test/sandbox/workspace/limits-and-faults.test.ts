import { expect, test } from 'vitest';
import type { ApiCalls, Faults } from '../../../sandbox/control-api.ts';
import { clientOf, control, messagesIn, RELEASE, startTestWorkspace } from './harness.ts';

const post = { channel: RELEASE, text: 'x' };

test('a channel takes one message a second; other channels are not held up', async () => {
  const { client, wall, ...workspace } = await startTestWorkspace();
  await client.chat.postMessage(post);
  await expect(client.chat.postMessage(post)).rejects.toMatchObject({ retryAfter: 1 });
  await client.chat.postMessage({ ...post, channel: 'C0QA' });
  wall.advance(1_000);
  await client.chat.postMessage(post);
  expect(await messagesIn(workspace, RELEASE)).toHaveLength(2);
});

test('a method is held to its tier, by the machine clock', async () => {
  const { client, wall } = await startTestWorkspace();
  wall.stop();
  const { ts = '' } = await client.chat.postMessage(post);
  for (let count = 0; count < 50; count += 1) await client.chat.update({ ...post, ts });
  await expect(client.chat.update({ ...post, ts })).rejects.toMatchObject({ retryAfter: 60 });
  await client.chat.getPermalink({ channel: RELEASE, message_ts: ts });
  wall.advance(60_000);
  await client.chat.update({ ...post, ts });
});

test('the limit answers HTTP 429 with Retry-After', async () => {
  const workspace = await startTestWorkspace();
  const send = () =>
    fetch(`${workspace.apiUrl}chat.postMessage`, {
      method: 'POST',
      headers: { authorization: 'Bearer xoxb-test' },
      body: new URLSearchParams(post),
    });
  await send();
  const refused = await send();
  expect(refused.status).toBe(429);
  expect(refused.headers.get('retry-after')).toBe('1');
  expect(await refused.json()).toEqual({ ok: false, error: 'ratelimited' });
});

test('limits can be switched off', async () => {
  const { client, ...workspace } = await startTestWorkspace({ limits: 'off' });
  await Promise.all(Array.from({ length: 5 }, () => client.chat.postMessage(post)));
  expect(await messagesIn(workspace, RELEASE)).toHaveLength(5);
});

test.each([
  ['rate-limited', 0],
  ['error-before-posting', 0],
  ['error-after-posting', 1],
  ['drop-after-posting', 1],
] as const)('the fault %s leaves %i messages and fires once', async (kind, stored) => {
  const { client, ...workspace } = await startTestWorkspace({ limits: 'off' });
  await control(workspace, 'PUT', 'faults', { active: [{ kind, methods: [], times: 1, amount: 2 }] });
  const failure = await client.chat.postMessage(post).then(
    () => null,
    (error: unknown) => error,
  );
  if (kind === 'rate-limited') expect(failure).toMatchObject({ retryAfter: 2 });
  else if (kind === 'drop-after-posting')
    expect(failure).toMatchObject({ code: 'slack_webapi_request_error' });
  else expect(failure).toMatchObject({ statusCode: 500 });
  expect(await messagesIn(workspace, RELEASE)).toHaveLength(stored);
  await client.chat.postMessage(post);
  const faults = await control<Faults>(workspace, 'GET', 'faults');
  expect(faults).toMatchObject({ active: [], fired: { [kind]: 1 } });
  const { calls } = await control<ApiCalls>(workspace, 'GET', 'api-calls?since=0');
  expect(calls.map((call) => call.error ?? 'ok')).toEqual([kind, 'ok']);
  expect((await control<ApiCalls>(workspace, 'GET', 'api-calls?since=1')).calls).toHaveLength(1);
});

test('a fault keeps to its methods and is spent on posts that succeed only', async () => {
  const { client, ...workspace } = await startTestWorkspace({ limits: 'off' });
  const active = [{ kind: 'error-after-posting', methods: ['chat.update'], times: 1 }];
  await control(workspace, 'PUT', 'faults', { active });
  const { ts = '' } = await client.chat.postMessage(post);
  await expect(client.chat.update({ ...post, ts: '1.000001' })).rejects.toMatchObject({
    data: { error: 'message_not_found' },
  });
  await expect(client.chat.update({ ...post, ts })).rejects.toMatchObject({ statusCode: 500 });
  expect((await messagesIn(workspace, RELEASE))[0]?.edits).toBe(1);
});

test('a slow answer comes later than a client with a short timeout waits, yet the message is there', async () => {
  const workspace = await startTestWorkspace({ limits: 'off' });
  await control(workspace, 'PUT', 'faults', {
    active: [{ kind: 'slow', methods: ['chat.postMessage'], times: -1, amount: 300 }],
  });
  const startedMs = performance.now();
  await clientOf(workspace).chat.postMessage(post);
  expect(performance.now() - startedMs).toBeGreaterThanOrEqual(295);
  expect(await messagesIn(workspace, RELEASE)).toHaveLength(1);
});

test('a probability of zero never fires', async () => {
  const { client, ...workspace } = await startTestWorkspace({ limits: 'off' });
  const active = [{ kind: 'error-before-posting', methods: [], times: -1, probability: 0 }];
  await control(workspace, 'PUT', 'faults', { active });
  await client.chat.postMessage(post);
  expect((await control<Faults>(workspace, 'GET', 'faults')).fired['error-before-posting']).toBe(0);
});

test('calls at the same time do not play a fault more often than it is to fire', async () => {
  const { client, ...workspace } = await startTestWorkspace({ limits: 'off' });
  const active = [{ kind: 'error-after-posting', methods: [], times: 2 }];
  await control(workspace, 'PUT', 'faults', { active });
  const results = await Promise.allSettled(Array.from({ length: 6 }, () => client.chat.postMessage(post)));
  expect(results.filter((result) => result.status === 'rejected')).toHaveLength(2);
  expect(await messagesIn(workspace, RELEASE)).toHaveLength(6);
});
