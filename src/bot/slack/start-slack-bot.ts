import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Config } from '../../config/config.ts';
import type { Services } from '../../services/kernel/context.ts';
import type { SlackLog } from './client/log.ts';
import { type BotIdentity, createInteractiveClient } from './client/web-client.ts';
import { registerListeners } from './listeners/register-listeners.ts';
import { createBoltApp } from './receiver/bolt-app.ts';
import { createSocketReceiver } from './receiver/socket-receiver.ts';
import { ThinHttpReceiver } from './receiver/thin-http-receiver.ts';

export interface SlackBotOptions {
  config: Config;
  identity: BotIdentity;
  services: Services;
  /** Pages of the same HTTP server: health. */
  routes: (request: IncomingMessage, response: ServerResponse) => boolean;
  /** In Socket Mode, told at each change whether there is a connection. */
  onSocket: (isConnected: boolean) => void;
  log: SlackLog;
}

/** The Bolt app, listening. */
export interface SlackBot {
  httpUrl: string;
  stop(): Promise<void>;
}

/** Starts the bot over Socket Mode or signed HTTP, as configured. */
export async function startSlackBot(options: SlackBotOptions): Promise<SlackBot> {
  return options.config.slack.mode === 'socket' ? startOverSocket(options) : startOverHttp(options);
}

async function startOverSocket(options: SlackBotOptions): Promise<SlackBot> {
  const { config, log, onSocket } = options;
  if (config.slack.mode !== 'socket') throw new Error('Socket Mode is not configured');
  const { appToken } = config.slack;
  const receiver = createSocketReceiver({
    appToken,
    ...apiOf(config),
    log,
    supervision: { onState: (state) => onSocket(state === 'connected') },
  });
  assemble(options, receiver);
  const server = createServer((request, response) => {
    if (!options.routes(request, response)) response.writeHead(404).end();
  });
  await listen(server, config.http);
  await receiver.start();
  return {
    httpUrl: urlOf(server),
    stop: async () => {
      await receiver.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function startOverHttp(options: SlackBotOptions): Promise<SlackBot> {
  const { config, log, routes } = options;
  if (config.slack.mode !== 'http') throw new Error('HTTP is not configured');
  const { signingSecret } = config.slack;
  const receiver = new ThinHttpReceiver({ signingSecret, log, routes });
  assemble(options, receiver);
  const server = await receiver.start(config.http.port, config.http.host);
  return { httpUrl: urlOf(server), stop: () => receiver.stop() };
}

function assemble(
  { config, identity, services, log }: SlackBotOptions,
  receiver: Parameters<typeof createBoltApp>[0]['receiver'],
): void {
  const client = { token: config.slack.botToken, ...apiOf(config), log };
  const app = createBoltApp({ receiver, ...client, botId: identity.botId, botUserId: identity.botUserId });
  const interactive = createInteractiveClient(client);
  registerListeners(app, { services, interactive, teamId: identity.teamId });
}

function apiOf({ slack }: Config): { apiUrl?: string } {
  return slack.apiUrl === undefined ? {} : { apiUrl: slack.apiUrl };
}

function listen(server: Server, { port, host }: Config['http']): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
}

function urlOf(server: Server): string {
  const { address, port } = server.address() as AddressInfo;
  return `http://${address.includes(':') ? `[${address}]` : address}:${port}`;
}
