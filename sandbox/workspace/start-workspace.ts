import type { AddressInfo } from 'node:net';
import formBody from '@fastify/formbody';
import fastify, { type FastifyInstance } from 'fastify';
import type { ClockState, WorkspaceEvent } from '../control-api.ts';
import type { SandboxClock } from '../sandbox-clock.ts';
import { ControlRefusal } from './actions/control-refusal.ts';
import { persistClock } from './clock-keeper.ts';
import { registerActionRoutes } from './control/action-routes.ts';
import { EventStream } from './control/event-stream.ts';
import { isLocalRequest } from './control/guard.ts';
import { registerReadRoutes } from './control/read-routes.ts';
import { registerSwitchRoutes } from './control/switch-routes.ts';
import { ApiCallLog, type Core } from './core.ts';
import { slackTiming } from './delivery/app-delivery.ts';
import { HttpDelivery } from './delivery/http-delivery.ts';
import { SocketDelivery } from './delivery/socket-delivery.ts';
import { Directory } from './directory.ts';
import { FaultSwitches, postingMethods } from './faults.ts';
import { registerFiles } from './file-route.ts';
import { MessageBook, type MessageChange } from './message-book.ts';
import type { WorkspaceOptions } from './options.ts';
import { RateLimits } from './rate-limits.ts';
import { registerResponseUrls } from './response-route.ts';
import { ResponseUrls } from './response-urls.ts';
import { openStore, type WorkspaceStore } from './store.ts';
import type { StoredMessage } from './stored.ts';
import { parseTs } from './timestamps.ts';
import { Triggers } from './triggers.ts';
import { ViewBook } from './view-book.ts';
import { registerWebApi } from './web-api/routes.ts';

/** Slack takes no larger bodies either. */
const BODY_LIMIT = 4_000_000;

export interface RunningWorkspace {
  /** `http://127.0.0.1:port`: the page and the control interface. */
  url: string;
  /** For `clientOptions.slackApiUrl`; ends in a slash. */
  apiUrl: string;
  port: number;
  clock: SandboxClock;
  /** Whether an app is connected. */
  connected: () => boolean;
  /** Puts an event on the stream. */
  publish: (event: WorkspaceEvent) => void;
  clockState: () => Promise<ClockState>;
  close: () => Promise<void>;
}

/** Starts a local Slack workspace on 127.0.0.1, going on from what `dataDir` remembers. */
export async function startWorkspace(options: WorkspaceOptions): Promise<RunningWorkspace> {
  const store = openStore(options.dataDir);
  const stopKeeping = persistClock(options.clock, {
    table: store.tables.clock,
    dataDir: options.dataDir,
    atLeastMs: lastInstant(store),
  });
  const stream = new EventStream();
  const server = fastify({ bodyLimit: BODY_LIMIT, forceCloseConnections: true });
  const core = assemble(options, store, stream, () => addressOf(server));
  const stopTelling = options.clock.onChange(() => {
    void core.clockState().then((clock) => stream.publish({ type: 'clock', clock }));
  });
  const close = async () => {
    stopTelling();
    stream.close();
    core.delivery.close();
    await server.close();
    stopKeeping();
    store.close();
  };
  try {
    await registerEverything(server, core, stream);
    await server.listen({ host: '127.0.0.1', port: options.port });
  } catch (error) {
    await close();
    throw error;
  }
  const url = addressOf(server);
  return {
    url,
    apiUrl: `${url}/api/`,
    port: Number(new URL(url).port),
    clock: options.clock,
    connected: () => core.delivery.connected(),
    publish: (event) => stream.publish(event),
    clockState: core.clockState,
    close,
  };
}

function assemble(
  options: WorkspaceOptions,
  store: WorkspaceStore,
  stream: EventStream,
  baseUrl: () => string,
): Core {
  const { tables } = store;
  const { clock, seed } = options;
  const wall = () => clock.wall();
  const publish = (event: WorkspaceEvent) => stream.publish(event);
  const directory = new Directory(seed, tables.directs, (channel) => publish({ type: 'channel', channel }));
  const messages = new MessageBook(
    tables.messages,
    () => clock.now(),
    (change, message) => publish(messageEvent(messages, change, message)),
  );
  const views: ViewBook = new ViewBook({
    views: tables.views,
    homes: tables.homes,
    seed,
    wall,
    onView: (type, view) => publish({ type, personId: view.personId, view: views.openView(view) }),
    onHome: (personId) => publish({ type: 'home', personId }),
  });
  const { delivery, socketUrl } = makeDelivery(options, store, publish, baseUrl);
  return {
    options,
    directory,
    messages,
    views,
    triggers: new Triggers(wall),
    responseUrls: new ResponseUrls(tables.responseUrls, wall, baseUrl),
    limits: new RateLimits(wall, options.limits !== 'off'),
    faults: new FaultSwitches({
      table: tables.faults,
      announce: (faults) => publish({ type: 'faults', faults }),
      defaultMethods: postingMethods,
    }),
    delivery,
    apiCalls: new ApiCallLog(),
    baseUrl,
    socketUrl,
    clockState: async () => ({ ...clock.state(), nextDueMs: (await options.nextDue?.()) ?? null }),
    publish,
  };
}

function makeDelivery(
  options: WorkspaceOptions,
  store: WorkspaceStore,
  publish: (event: WorkspaceEvent) => void,
  baseUrl: () => string,
): Pick<Core, 'delivery' | 'socketUrl'> {
  const parts = {
    envelopes: store.tables.envelopes,
    wall: () => options.clock.wall(),
    timing: { ...slackTiming, ...options.timing },
    onConnected: (connected: boolean) => publish({ type: 'app-connection', connected }),
  };
  if (options.delivery.kind === 'http') {
    const { url } = options.delivery;
    const delivery = new HttpDelivery({ ...parts, url, signingSecret: options.signingSecret });
    return { delivery, socketUrl: () => null };
  }
  const delivery = new SocketDelivery({ ...parts, appId: options.seed.app.id });
  return { delivery, socketUrl: () => `${baseUrl().replace('http', 'ws')}/link/?${delivery.ticket()}` };
}

async function registerEverything(server: FastifyInstance, core: Core, stream: EventStream): Promise<void> {
  await server.register(formBody, { bodyLimit: BODY_LIMIT });
  server.addHook('onRequest', async (request, reply) => {
    if (isLocalRequest(request.headers)) return;
    const message = 'Only pages and programs of this machine may use the workspace.';
    await reply.code(403).send({ error: 'forbidden', message });
  });
  server.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) => {
    if (error instanceof ControlRefusal) {
      return reply.code(error.status).send({ error: error.code, message: error.message });
    }
    const status = error.statusCode ?? 500;
    const code = status < 500 ? 'invalid_request' : 'internal_error';
    if (status >= 500) console.error(error);
    return reply.code(status).send({ ok: false, error: code, message: error.message });
  });
  acceptSockets(server, core);
  registerWebApi(server, core);
  registerResponseUrls(server, core);
  registerFiles(server, core);
  registerReadRoutes(server, core);
  registerActionRoutes(server, core);
  registerSwitchRoutes(server, core);
  stream.register(server, '/sandbox/events', core.clockState);
  await core.options.extensions?.(server, core.publish, core.baseUrl);
  registerNotFound(server);
}

function acceptSockets(server: FastifyInstance, core: Core): void {
  server.server.on('upgrade', (request, socket, head) => {
    const { delivery } = core;
    const admitted = isLocalRequest(request.headers) && request.url?.startsWith('/link/');
    if (admitted && delivery instanceof SocketDelivery) delivery.accept(request, socket, head);
    else socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
  });
}

function registerNotFound(server: FastifyInstance): void {
  server.setNotFoundHandler((request, reply) => {
    const path = new URL(request.url, 'http://localhost').pathname;
    return reply
      .code(404)
      .send({ error: 'not_found', message: `There is nothing at ${request.method} ${path}.` });
  });
}

function messageEvent(messages: MessageBook, change: MessageChange, message: StoredMessage): WorkspaceEvent {
  if (change !== 'deleted') {
    return { type: change === 'posted' ? 'message' : 'message-changed', message: messages.view(message) };
  }
  const { channel, ts, threadTs, onlyFor } = message;
  return {
    type: 'message-deleted',
    channel,
    ts,
    ...(threadTs ? { threadTs } : {}),
    ...(onlyFor ? { onlyFor } : {}),
  };
}

/** The instant of the newest message, epoch ms. */
function lastInstant(store: WorkspaceStore): number {
  let last = 0;
  for (const { ts } of store.tables.messages.values()) last = Math.max(last, parseTs(ts) ?? 0);
  return Math.ceil(last / 1000);
}

function addressOf(server: FastifyInstance): string {
  const address: AddressInfo | string | null = server.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return `http://127.0.0.1:${port}`;
}
