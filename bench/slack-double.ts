import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';
import { defaultSeed } from '../sandbox/workspace/seed.ts';

/** As little of Slack as the bot needs to start and to post, and as fast as can be. */
export interface SlackDouble {
  /** Base of the Web API; ends in a slash. */
  apiUrl: string;
  /** The socket that the app with this app-level token opened. */
  socketOf(appToken: string): Promise<WebSocket>;
  stop(): Promise<void>;
}

const { team, app, people, channels } = defaultSeed;
/** The SDK gives a connection up that it hears no ping from. */
const pingEveryMs = 5_000;

/** Starts it on a free loopback port. */
export async function startSlackDouble(): Promise<SlackDouble> {
  const server = createServer((request, response) => void answer(request, response, server));
  const sockets = new WebSocketServer({ server, perMessageDeflate: false });
  const opened = new Map<string, WebSocket>();
  const waiting = new Map<string, (socket: WebSocket) => void>();
  sockets.on('connection', (socket, request) => {
    const token = decodeURIComponent((request.url ?? '').slice(1));
    opened.set(token, socket);
    const pings = setInterval(() => socket.ping(), pingEveryMs);
    socket.on('close', () => clearInterval(pings));
    socket.send(JSON.stringify({ type: 'hello', num_connections: 1, connection_info: { app_id: app.id } }));
    waiting.get(token)?.(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    apiUrl: `${originOf(server, 'http')}/api/`,
    socketOf: async (token) => {
      const socket = opened.get(token);
      if (socket?.readyState === WebSocket.OPEN) return socket;
      return new Promise((resolve) => waiting.set(token, resolve));
    },
    stop: async () => {
      for (const socket of sockets.clients) socket.terminate();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, server: Server): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const method = (request.url ?? '').replace(/^\/api\//, '').split('?', 1)[0] ?? '';
  const parameters: Parameters = Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString()));
  const token = (request.headers.authorization ?? '').replace('Bearer ', '') || (parameters.token ?? '');
  const body = methods[method]?.(parameters, { server, token }) ?? {};
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ ok: true, ...body }));
}

/** As far as methods look at them. */
interface Parameters {
  token?: string;
  email?: string;
  user?: string;
  users?: string;
  channel?: string;
}

type Method = (parameters: Parameters, call: { server: Server; token: string }) => object;

let lastMessage = 0;

const methods: Record<string, Method> = {
  'auth.test': () => ({
    url: 'https://example.slack.com/',
    team: team.name,
    team_id: team.id,
    user: app.botName,
    user_id: app.botUserId,
    bot_id: app.botId,
  }),
  'apps.connections.open': (_, { server, token }) => ({
    url: `${originOf(server, 'ws')}/${encodeURIComponent(token)}`,
  }),
  'users.lookupByEmail': ({ email = '' }) => {
    const found = people.find((person) => person.email === email) ?? oneOfMany(email);
    return found
      ? { user: { id: found.id, real_name: found.realName } }
      : { ok: false, error: 'users_not_found' };
  },
  'users.info': ({ user }) => ({ user: { id: user, real_name: user } }),
  'conversations.open': ({ users }) => ({ channel: { id: `D${users}` } }),
  'conversations.list': () => ({ channels: channels.map(({ id, name }) => ({ id, name })) }),
  'chat.postMessage': (parameters) => {
    lastMessage += 1;
    return { channel: parameters.channel, ts: `1700000000.${String(lastMessage).padStart(6, '0')}` };
  },
};

/** `p12@example.com` is `U0P12`, called p12: as many people as a burst takes. */
function oneOfMany(email: string): { id: string; realName: string } | undefined {
  const [, name] = /^(p\d+)@example\.com$/.exec(email) ?? [];
  return name === undefined ? undefined : { id: `U0${name.toUpperCase()}`, realName: name };
}

function originOf(server: Server, scheme: 'http' | 'ws'): string {
  return `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
