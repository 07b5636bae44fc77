import type { Receiver } from '@slack/bolt';
import type { Config } from '../../config/config.ts';
import type { HttpRoutes } from '../../http/http-server.ts';
import type { Services } from '../../services/kernel/context.ts';
import type { LateRequests, LeftRequest } from '../../services/kernel/late-requests.ts';
import type { SlackLog } from './client/log.ts';
import { type BotIdentity, createInteractiveClient } from './client/web-client.ts';
import { registerListeners } from './listeners/register-listeners.ts';
import { repeatRequest } from './listeners/repeat-request.ts';
import { createBoltApp } from './receiver/bolt-app.ts';
import { createHttpReceiver } from './receiver/http-receiver.ts';
import { createSocketReceiver } from './receiver/socket-receiver.ts';

export interface SlackBotOptions {
  config: Config;
  identity: BotIdentity;
  services: Services;
  lateRequests: LateRequests;
  /** In Socket Mode, called at each change with whether there is a connection. */
  onSocket: (isConnected: boolean) => void;
  log: SlackLog;
}

export interface SlackBot {
  /** What it answers on the HTTP server; nothing in Socket Mode. */
  routes: readonly HttpRoutes[];
  /** Connects, in Socket Mode. */
  start(): Promise<void>;
  /** Finishes what was acknowledged and not answered. True when the person heard what came of it. */
  repeat(request: LeftRequest): Promise<boolean>;
  /** Takes nothing new, and waits for the requests in progress. */
  stop(): Promise<void>;
}

interface StoppableReceiver extends Receiver {
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** The bot over Socket Mode or signed HTTP, as configured, ready to be started. */
export function createSlackBot(options: SlackBotOptions): SlackBot {
  const { receiver, routes } = createReceiver(options);
  const { config, identity, services, lateRequests, log } = options;
  const client = { token: config.slack.botToken, apiUrl: config.slack.apiUrl, log };
  const app = createBoltApp({ receiver, ...client, botId: identity.botId, botUserId: identity.botUserId });
  const interactive = createInteractiveClient(client);
  const context = {
    ...{ services, interactive, lateRequests, commandNames: config.commands },
    teamId: identity.teamId,
    enterpriseId: identity.enterpriseId,
  };
  registerListeners(app, context);
  return {
    routes,
    start: () => receiver.start(),
    repeat: (request) => repeatRequest(context, request),
    stop: () => receiver.stop(),
  };
}

function createReceiver({ config, services, log, onSocket }: SlackBotOptions): {
  receiver: StoppableReceiver;
  routes: HttpRoutes[];
} {
  const { slack } = config;
  if (slack.mode === 'http') {
    const receiver = createHttpReceiver({ signingSecret: slack.signingSecret, clock: services.clock, log });
    return { receiver, routes: [receiver.routes] };
  }
  const receiver = createSocketReceiver({
    appToken: slack.appToken,
    apiUrl: slack.apiUrl,
    log,
    supervision: { onState: (state) => onSocket(state === 'connected') },
  });
  return { receiver, routes: [] };
}
