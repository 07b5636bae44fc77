import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';

export type PayloadKind = 'slash_commands' | 'interactive' | 'events_api';
export type Payload = Record<string, unknown>;

/** What the bot acknowledged with. `status` is HTTP's; over a socket 200, or 0 when nothing came. */
export interface WireAnswer {
  status: number;
  body: unknown;
  ms: number;
}

/** Hands the bot any payload, as Slack does: over a socket, or as a signed request. */
export interface SlackWire {
  send(kind: PayloadKind, payload: Payload): Promise<WireAnswer>;
  close(): Promise<void>;
}

/** Headers as Slack makes them, after its documentation. `at`: epoch seconds. */
export function signed(
  body: string,
  secret: string,
  at = Math.floor(Date.now() / 1000),
): Record<string, string> {
  const signature = createHmac('sha256', secret).update(`v0:${at}:${body}`, 'utf8').digest('hex');
  return { 'x-slack-request-timestamp': String(at), 'x-slack-signature': `v0=${signature}` };
}

/** A payload as the body of a request, with its content type. */
export function encode(kind: PayloadKind, payload: Payload): { body: string; contentType: string } {
  if (kind === 'events_api') return { body: JSON.stringify(payload), contentType: 'application/json' };
  const fields = kind === 'interactive' ? { payload: JSON.stringify(payload) } : payload;
  const pairs = Object.entries(fields).map(([name, value]): [string, string] => [name, String(value)]);
  return { body: new URLSearchParams(pairs).toString(), contentType: 'application/x-www-form-urlencoded' };
}

export async function post(url: string, body: string, headers: Record<string, string>): Promise<WireAnswer> {
  const startedAt = performance.now();
  const response = await fetch(url, { method: 'POST', headers, body });
  return {
    status: response.status,
    body: readBody(await response.text()),
    ms: performance.now() - startedAt,
  };
}

export function httpWire(url: string, secret: string): SlackWire {
  return {
    send: (kind, payload) => {
      const { body, contentType } = encode(kind, payload);
      return post(url, body, { 'content-type': contentType, ...signed(body, secret) });
    },
    close: async () => undefined,
  };
}

/**
 * Stands between the bot and the workspace: everything passes through, and on the bot's own socket further
 * envelopes can be put. `apiUrl` is what the bot is to be told.
 */
export async function socketWire(workspaceApiUrl: string): Promise<SlackWire & { apiUrl: string }> {
  const waiting = new Map<string, (body: unknown) => void>();
  const sockets = new Set<WebSocket>();
  const server = createServer((request, response) => void passOn(workspaceApiUrl, request, response));
  // Longer than the bot keeps a connection: a call that meets its end is a message that may have arrived.
  server.keepAliveTimeout = 60_000;
  const acceptor = new WebSocketServer({ server });
  acceptor.on('connection', (bot, request) => {
    sockets.add(bot);
    bot.on('close', () => sockets.delete(bot));
    bridge(bot, new URL(request.url ?? '', 'ws://localhost').searchParams.get('to') ?? '', waiting);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  let count = 0;
  return {
    apiUrl: `http://127.0.0.1:${port}/api/`,
    send: async (kind, payload) => {
      const [bot] = sockets;
      if (!bot) throw new Error('The bot is not connected.');
      count += 1;
      const id = `wire-${count}`;
      const startedAt = performance.now();
      const answered = new Promise<unknown>((resolve) => waiting.set(id, resolve));
      const accepts = kind !== 'events_api';
      bot.send(JSON.stringify({ envelope_id: id, type: kind, accepts_response_payload: accepts, payload }));
      const body = await Promise.race([answered, lateAfter(5_000)]);
      const ms = performance.now() - startedAt;
      return body === late ? { status: 0, body: null, ms } : { status: 200, body: orNothing(body), ms };
    },
    close: async () => {
      for (const socket of sockets) socket.terminate();
      acceptor.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The SDK sends an empty object where there is nothing to say. */
function orNothing(body: unknown): unknown {
  return JSON.stringify(body ?? {}) === '{}' ? null : body;
}

const late = Symbol('late');

function lateAfter(ms: number): Promise<typeof late> {
  return new Promise((resolve) => setTimeout(() => resolve(late), ms).unref());
}

/** Passes frames on, but for the acknowledgements of envelopes that were put in here. */
function bridge(bot: WebSocket, to: string, waiting: Map<string, (body: unknown) => void>): void {
  const workspace = new WebSocket(to);
  workspace.on('message', (data) => bot.send(String(data)));
  workspace.on('close', () => bot.close());
  workspace.on('error', () => bot.close());
  bot.on('close', () => workspace.close());
  bot.on('message', (data) => {
    const frame = JSON.parse(String(data)) as { envelope_id?: string; payload?: unknown };
    const answer = waiting.get(frame.envelope_id ?? '');
    waiting.delete(frame.envelope_id ?? '');
    if (answer) answer(frame.payload);
    else workspace.send(String(data));
  });
}

async function passOn(apiUrl: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { authorization = '', 'content-type': contentType = '' } = request.headers;
  const answer = await fetch(new URL((request.url ?? '').replace('/api/', ''), apiUrl), {
    method: 'POST',
    headers: { authorization, 'content-type': contentType },
    body: Buffer.concat(chunks),
  });
  let body = await answer.text();
  if (request.url?.endsWith('apps.connections.open')) {
    const opened = JSON.parse(body) as { url: string };
    const url = `ws://${request.headers.host}/?to=${encodeURIComponent(opened.url)}`;
    body = JSON.stringify({ ...opened, url });
  }
  const retryAfter = answer.headers.get('retry-after');
  response.writeHead(answer.status, {
    'content-type': answer.headers.get('content-type') ?? 'application/json',
    ...(retryAfter ? { 'retry-after': retryAfter } : {}),
  });
  response.end(body);
}

function readBody(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text === '' ? null : text;
  }
}
