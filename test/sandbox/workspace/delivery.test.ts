import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { serve } from '../../support/serve.ts';
import { startHttpApp, startSocketApp } from './bolt.ts';
import {
  APP_TOKEN,
  action,
  clientOf,
  control,
  followEvents,
  RELEASE,
  RITA,
  startTestWorkspace,
  temporaryFolder,
} from './harness.ts';

const list = { person: RITA, channel: RELEASE, command: '/release', text: 'list' };
const hello = { person: RITA, channel: RELEASE, text: 'hello' };

interface Frame {
  type: string;
  reason?: string;
  envelope_id?: string;
  retry_attempt?: number;
  retry_reason?: string;
  payload?: { event_id?: string; trigger_id?: string };
}

/** A Socket Mode connection without a library, so that a test may leave envelopes unacknowledged. */
async function connect(workspace: { apiUrl: string }) {
  const { url = '' } = await clientOf(workspace, APP_TOKEN).apps.connections.open();
  const socket = new WebSocket(url);
  onTestFinished(() => socket.terminate());
  const frames: Frame[] = [];
  const wakers = new Set<() => void>();
  socket.on('message', (data) => {
    frames.push(JSON.parse(String(data)));
    for (const wake of wakers) wake();
  });
  const next = () =>
    new Promise<Frame>((resolve) => {
      const look = () => {
        const frame = frames.shift();
        if (!frame) return;
        wakers.delete(look);
        resolve(frame);
      };
      wakers.add(look);
      look();
    });
  expect(await next()).toMatchObject({ type: 'hello' });
  const acknowledge = ({ envelope_id }: Frame, payload = {}) =>
    socket.send(JSON.stringify({ envelope_id, payload }));
  return { socket, url, next, acknowledge };
}

test('an envelope goes to one of the connections, each in its turn', async () => {
  const workspace = await startTestWorkspace();
  const [first, second] = [await connect(workspace), await connect(workspace)];
  const acts = Promise.all([action(workspace, 'command', list), action(workspace, 'command', list)]);
  const frames = [await first.next(), await second.next()];
  expect(frames.map((frame) => frame.type)).toEqual(['slash_commands', 'slash_commands']);
  expect(frames[0]?.retry_attempt).toBeUndefined();
  first.acknowledge(frames[0] ?? { type: '' }, { text: 'one' });
  second.acknowledge(frames[1] ?? { type: '' }, { text: 'two' });
  expect((await acts).map((result) => result.message?.text).sort()).toEqual(['one', 'two']);
});

test('an unacknowledged envelope comes again on another connection when its own is lost', async () => {
  const workspace = await startTestWorkspace();
  const first = await connect(workspace);
  const result = action(workspace, 'command', list);
  const lost = await first.next();
  const second = await connect(workspace);
  first.socket.terminate();
  const again = await second.next();
  expect(again).toMatchObject({
    type: 'slash_commands',
    retry_attempt: 1,
    retry_reason: 'connection_failed',
    payload: lost.payload,
  });
  expect(again.envelope_id).not.toBe(lost.envelope_id);
  second.acknowledge(again, { text: 'done' });
  expect(await result).toMatchObject({ status: 'acknowledged', message: { text: 'done' } });
});

test('redelivery is bounded: three times after the first, with the same event', async () => {
  const workspace = await startTestWorkspace({
    timing: { ackTimeoutMs: 30, redeliveryDelaysMs: [0, 20, 20] },
  });
  const connection = await connect(workspace);
  expect(await action(workspace, 'message', hello)).toMatchObject({ status: 'timed-out' });
  const frames = [];
  for (let count = 0; count < 4; count += 1) frames.push(await connection.next());
  expect(frames.map((frame) => frame.retry_attempt)).toEqual([undefined, 1, 2, 3]);
  expect(new Set(frames.map((frame) => frame.payload?.event_id)).size).toBe(1);
  expect(frames[1]?.retry_reason).toBe('timeout');
  // A second event is what comes next, and not a fourth redelivery of the first.
  const second = action(workspace, 'message', { ...hello, text: 'second' });
  const frame = await connection.next();
  expect(frame.payload?.event_id).not.toBe(frames[0]?.payload?.event_id);
  connection.acknowledge(frame);
  expect(await second).toMatchObject({ status: 'acknowledged' });
});

test('events wait for the app and for the workspace; old interactions do not', async () => {
  const dataDir = temporaryFolder();
  const before = await startTestWorkspace({ dataDir });
  const connection = await connect(before);
  const timedOut = action(before, 'command', list);
  await connection.next();
  const unheard = action(before, 'message', hello);
  const event = await connection.next();
  await before.close();
  await Promise.allSettled([timedOut, unheard]);
  const after = await startTestWorkspace({ dataDir });
  after.wall.advance(61_000);
  const later = await connect(after);
  const again = await later.next();
  expect(again).toMatchObject({
    type: 'events_api',
    retry_attempt: 1,
    payload: { event_id: event.payload?.event_id },
  });
  later.acknowledge(again);
  const next = action(after, 'command', list);
  const frame = await later.next();
  expect(frame.retry_attempt).toBeUndefined();
  later.acknowledge(frame);
  expect(await next).toMatchObject({ status: 'acknowledged' });
});

test('a ticket admits one connection, and an app has ten at most', async () => {
  const workspace = await startTestWorkspace();
  const first = await connect(workspace);
  const again = new WebSocket(first.url);
  const [refusal] = await once(again, 'error');
  expect(String(refusal)).toContain('401');
  for (let count = 1; count < 10; count += 1) await connect(workspace);
  const { url = '' } = await clientOf(workspace, APP_TOKEN).apps.connections.open();
  const eleventh = new WebSocket(url);
  const [data] = await once(eleventh, 'message');
  expect(JSON.parse(String(data))).toMatchObject({ type: 'disconnect', reason: 'too_many_websockets' });
});

test.each(['refresh_requested', 'link_disabled', 'warning', 'drop'] as const)(
  'the app can be disconnected: %s',
  async (how) => {
    const workspace = await startTestWorkspace();
    const events = await followEvents(workspace);
    const connection = await connect(workspace);
    expect((await events.next('app-connection')).connected).toBe(true);
    const closed = once(connection.socket, 'close');
    expect(await control(workspace, 'POST', 'app/disconnect', { how })).toEqual({ connections: 1 });
    if (how !== 'drop') expect(await connection.next()).toMatchObject({ type: 'disconnect', reason: how });
    if (how === 'warning') connection.socket.close();
    await closed;
    expect((await events.next('app-connection')).connected).toBe(false);
  },
);

test('Bolt comes back after a refresh and takes the event that was missed', async () => {
  const workspace = await startTestWorkspace();
  const heard: string[] = [];
  const events = await followEvents(workspace);
  await startSocketApp(workspace, (app) =>
    app.message(async ({ message, context }) => {
      if ('text' in message) heard.push(`${message.text} ${context.retryNum ?? 0}`);
    }),
  );
  await events.next('app-connection');
  await control(workspace, 'POST', 'app/disconnect', { how: 'refresh_requested' });
  expect((await events.next('app-connection')).connected).toBe(false);
  expect(await action(workspace, 'message', hello)).toMatchObject({ status: 'not-delivered' });
  expect((await events.next('app-connection')).connected).toBe(true);
  await expect.poll(() => heard).toEqual(['hello 0']);
}, 20_000);

test('over HTTP Bolt accepts the signature, and answers commands, actions, events and views', async () => {
  const heard: string[] = [];
  const url = await startHttpApp((app) => {
    app.command('/release', async ({ command, ack }) => {
      heard.push(`command ${command.text}`);
      await ack({
        text: 'private',
        blocks: [
          {
            type: 'actions',
            elements: [{ type: 'button', action_id: 'go', text: { type: 'plain_text', text: 'Go' } }],
          },
        ],
      });
    });
    app.action('go', async ({ ack }) => {
      heard.push('action');
      await ack();
    });
    app.message(async () => {
      heard.push('message');
    });
  });
  const workspace = await startTestWorkspace({ delivery: { kind: 'http', url } });
  const answer = await action(workspace, 'command', list);
  expect(answer).toMatchObject({ status: 'acknowledged', message: { text: 'private' } });
  const on = { channel: RELEASE, ts: answer.message?.ts };
  expect(await action(workspace, 'click', { person: RITA, on, actionId: 'go' })).toMatchObject({
    status: 'acknowledged',
  });
  expect(await action(workspace, 'message', hello)).toMatchObject({ status: 'acknowledged' });
  await expect.poll(() => heard).toEqual(['command list', 'action', 'message']);
});

test('a wrong signing secret is refused by Bolt', async () => {
  const url = await startHttpApp(() => undefined);
  const workspace = await startTestWorkspace({ delivery: { kind: 'http', url }, signingSecret: 'another' });
  expect(await action(workspace, 'command', list)).toMatchObject({
    status: 'not-delivered',
    detail: 'The app answered with HTTP 401.',
  });
});

test('over HTTP an event is retried three times, an interaction never', async () => {
  const requests: { retry: string | undefined; reason: string | undefined; body: string }[] = [];
  const address = await serve((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      const { 'x-slack-retry-num': retry, 'x-slack-retry-reason': reason } = request.headers;
      requests.push({ retry: retry?.toString(), reason: reason?.toString(), body });
      response.writeHead(500).end();
    });
  });
  const workspace = await startTestWorkspace({
    delivery: { kind: 'http', url: `${address}/slack/events` },
    timing: { redeliveryDelaysMs: [0, 5, 5] },
  });
  expect(await action(workspace, 'command', list)).toMatchObject({ status: 'not-delivered' });
  expect(await action(workspace, 'message', hello)).toMatchObject({ status: 'not-delivered' });
  await expect.poll(() => requests.length).toBe(5);
  expect(requests.map((each) => each.retry)).toEqual([undefined, undefined, '1', '2', '3']);
  expect(requests[2]?.reason).toBe('http_error');
  expect(requests[4]?.body).toBe(requests[1]?.body);
});
