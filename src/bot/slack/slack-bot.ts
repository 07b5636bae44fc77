import type { Receiver } from '@slack/bolt';
import type { Config } from '../../config/config.ts';
import type { HttpRoutes } from '../../http/http-server.ts';
import type { Services } from '../../services/kernel/context.ts';
import type { LateRequests } from '../../services/kernel/late-requests.ts';
import type { PlatformBot } from '../platform-bot.ts';
import { repeatRequest } from '../requests/repeat-request.ts';
import type { SlackLog } from './client/log.ts';
import { type BotIdentity, createInteractiveClient } from './client/web-client.ts';
import { repeatAction, tellOfAction } from './listeners/on-action.ts';
import { repeatCommand, tellOfCommand } from './listeners/on-command.ts';
import { repeatForm, tellOfForm } from './listeners/on-form.ts';
import { repeatShortcut, tellOfShortcut } from './listeners/on-shortcut.ts';
import { registerListeners } from './listeners/register-listeners.ts';
import { createBoltApp } from './receiver/bolt-app.ts';
import { createHttpReceiver } from './receiver/http-receiver.ts';
import { createSocketReceiver } from './receiver/socket-receiver.ts';

/** The part of the configuration that is about Slack. */
export type SlackSettings = Pick<Config, 'commands'> & { slack: NonNullable<Config['slack']> };

export interface SlackBotOptions {
  config: SlackSettings;
  identity: BotIdentity;
  services: Services;
  lateRequests: LateRequests;
  /** In Socket Mode, called at each change with whether there is a connection. */
  onSocket: (isConnected: boolean) => void;
  log: SlackLog;
}

interface StoppableReceiver extends Receiver {
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** The bot over Socket Mode or signed HTTP, as configured, ready to be started. */
export function createSlackBot(options: SlackBotOptions): PlatformBot {
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
  const kinds = {
    command: { repeat: repeatCommand, tell: tellOfCommand },
    action: { repeat: repeatAction, tell: tellOfAction },
    form: { repeat: repeatForm, tell: tellOfForm },
    shortcut: { repeat: repeatShortcut, tell: tellOfShortcut },
  };
  return {
    routes,
    start: () => receiver.start(),
    repeat: (request) => repeatRequest(context, kinds, request),
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
