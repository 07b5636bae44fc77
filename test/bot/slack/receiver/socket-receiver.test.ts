import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { App } from '@slack/bolt';
import { afterEach, expect, it, vi } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { createBoltApp } from '../../../../src/bot/slack/receiver/bolt-app.ts';
import {
  createSocketReceiver,
  type SocketReceiverOptions,
} from '../../../../src/bot/slack/receiver/socket-receiver.ts';
import type { SocketState } from '../../../../src/bot/slack/receiver/supervise-socket.ts';
import { createGate } from '../gate.ts';
import { recordingLog, startWebApiDouble } from '../web-api-double.ts';

const cleanUps: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

interface SlackSideOptions {
  silentConnections?: number;
  beforeHello?: (sockets: readonly WebSocket[]) => Promise<void>;
}

/**
 * Slack's side of Socket Mode: says hello, sends envelopes, gathers acknowledgements. The first connections may be
 * silent: they say no hello and answer nothing.
 */
async function startSlackSide({ silentConnections = 0, beforeHello }: SlackSideOptions) {
  const sockets: WebSocket[] = [];
  const acknowledged: unknown[] = [];
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  server.on('connection', async (socket) => {
    sockets.push(socket);
    if (sockets.length <= silentConnections) {
      socket.pause();
      return;
    }
    socket.on('message', (data) => acknowledged.push(JSON.parse(String(data))));
    await beforeHello?.(sockets);
    socket.send(JSON.stringify({ type: 'hello' }));
  });
  const { port } = server.address() as AddressInfo;
  const double = await startWebApiDouble(() => ({ ok: true, url: `ws://127.0.0.1:${port}/` }));
  cleanUps.push(double.close, async () => {
    for (const socket of sockets) socket.terminate();
    await new Promise((resolve) => server.close(resolve));
  });
  const send = (message: object) => sockets.at(-1)?.send(JSON.stringify(message));
  return { ...double, sockets, acknowledged, send };
}

async function setUp(
  listen: (app: App) => void,
  options: SlackSideOptions & { supervision?: SocketReceiverOptions['supervision'] } = {},
) {
  const slack = await startSlackSide(options);
  const log = recordingLog();
  const receiver = createSocketReceiver({
    appToken: 'xapp-1-secret',
    apiUrl: slack.apiUrl,
    log,
    drainMs: 2_000,
    ...(options.supervision ? { supervision: options.supervision } : {}),
  });
  listen(createBoltApp({ receiver, token: 'xoxb-1', botId: 'B0BOT', botUserId: 'U0BOT', log }));
  await receiver.start();
  cleanUps.push(() => receiver.stop());
  return { slack, receiver, log };
}

const command = {
  type: 'slash_commands',
  envelope_id: 'e-1',
  accepts_response_payload: true,
  payload: { command: '/promote', text: 'web-2.4.0', user_id: 'U1', team_id: 'T1', channel_id: 'C1' },
};

it('hands envelopes to Bolt and acknowledges them once', async () => {
  const { slack, log } = await setUp((app) =>
    app.command('/promote', async ({ ack, command: { text } }) => {
      await ack({ text });
      await ack();
    }),
  );
  expect(slack.calls[0]).toMatchObject({
    method: 'apps.connections.open',
    authorization: 'Bearer xapp-1-secret',
  });
  slack.send(command);
  await vi.waitFor(() => expect(slack.acknowledged).toHaveLength(1));
  expect(slack.acknowledged).toEqual([{ envelope_id: 'e-1', payload: { text: 'web-2.4.0' } }]);
  await vi.waitFor(() => expect(log.lines.join()).toContain('acknowledged twice'));
});

it('is connected although nobody answered at first', async () => {
  const { slack } = await setUp((app) => app.command('/promote', ({ ack }) => ack()), {
    silentConnections: 1,
    supervision: { helloWithinMs: 200, closeWithinMs: 50, backoffMs: { first: 20, longest: 20 } },
  });
  slack.send(command);
  await vi.waitFor(() => expect(slack.acknowledged).toHaveLength(1));
  expect(slack.sockets).toHaveLength(2);
});

it('keeps a connection that waits for its hello when one closes that was given up', async () => {
  const { slack } = await setUp(() => undefined, {
    silentConnections: 1,
    // The first one answers the word with which it was closed only now.
    beforeHello: async ([silent]) => {
      silent?.resume();
      await once(silent as WebSocket, 'close');
      await pause(100);
    },
    supervision: { helloWithinMs: 1_000, closeWithinMs: 50, backoffMs: { first: 20, longest: 20 } },
  });
  expect(slack.sockets).toHaveLength(2);
});

it('is back at once after Slack asked it to reconnect', async () => {
  const states: SocketState[] = [];
  const { slack } = await setUp((app) => app.command('/promote', ({ ack }) => ack()), {
    supervision: { onState: (state) => states.push(state) },
  });
  const begun = performance.now();
  slack.send({ type: 'disconnect', reason: 'refresh_requested' });
  await vi.waitFor(() => expect(slack.sockets).toHaveLength(2), { timeout: 2_000 });
  expect(performance.now() - begun).toBeLessThan(2_000);
  await vi.waitFor(() => expect(states).toEqual(['connecting', 'connected', 'connecting', 'connected']));
  slack.send(command);
  await vi.waitFor(() => expect(slack.acknowledged).toHaveLength(1));
});

it('is back after the connection broke', async () => {
  const { slack } = await setUp(() => undefined);
  slack.sockets[0]?.terminate();
  await vi.waitFor(() => expect(slack.sockets).toHaveLength(2), { timeout: 3_000 });
});

it('lets a listener acknowledge before it closes the socket', async () => {
  const gate = createGate();
  const begun = createGate();
  const { slack, receiver } = await setUp((app) =>
    app.command('/promote', async ({ ack }) => {
      begun.open();
      await gate.opened;
      await ack();
    }),
  );
  slack.send(command);
  await begun.opened;
  const stopped = receiver.stop();
  gate.open();
  await stopped;
  expect(slack.acknowledged).toHaveLength(1);
  await vi.waitFor(() => expect(slack.sockets[0]?.readyState).toBe(3));
});

it('does not take a failing listener down with it, nor say its secrets', async () => {
  const { slack, log } = await setUp((app) =>
    app.command('/promote', async () => {
      throw new Error('xapp-1-secret');
    }),
  );
  slack.send(command);
  await vi.waitFor(() => expect(log.lines.join()).toContain('A request from Slack failed'));
  expect(log.lines.join()).not.toContain('secret');
});

it('acknowledges what nobody takes with nothing, so that it does not come again', async () => {
  const { slack, log } = await setUp(() => undefined);
  const warn = vi.spyOn(log, 'warn');
  slack.send({
    type: 'interactive',
    envelope_id: 'e-7',
    accepts_response_payload: false,
    payload: { type: 'unheard_of' },
  });
  await vi.waitFor(() =>
    expect(slack.acknowledged).toEqual([expect.objectContaining({ envelope_id: 'e-7' })]),
  );
  expect(warn).toHaveBeenLastCalledWith('A request from Slack was taken by nobody.');
});
