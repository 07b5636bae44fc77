import { existsSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import {
  type Activity,
  type Response as BotResponse,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  type InvokeResponse,
  type TurnContext,
} from 'botbuilder';
import fastify from 'fastify';
import { onTestFinished } from 'vitest';
import type { ActionResult, Message } from '../../../sandbox/control-api.ts';
import { SandboxClock } from '../../../sandbox/sandbox-clock.ts';
import { makeKey } from '../../../sandbox/teams/login/keys.ts';
import { type OpenTeams, openTeams } from '../../../sandbox/teams/open-teams.ts';
import type { TeamsOptions } from '../../../sandbox/teams/options.ts';
import { teamsSeed } from '../../../sandbox/teams/seed.ts';
import { defaultSeed } from '../../../sandbox/workspace/seed.ts';
import { TestWall, temporaryFolder } from '../workspace/harness.ts';

export const seed = teamsSeed(defaultSeed);
export const clientSecret = 'a-client-secret';
const key = makeKey();

export function personCalled(name: string) {
  const found = seed.people.find((each) => each.name === name);
  if (!found) throw new Error(`There is nobody called ${name}.`);
  return found;
}

export function channelCalled(name: string): string {
  return seed.channels.find((each) => each.name === name)?.id ?? '';
}

export interface TestTeams extends OpenTeams {
  url: string;
  dataDir: string;
  wall: TestWall;
  clock: SandboxClock;
  /** Where the app is; null as long as there is none. */
  bot: { url: string | null };
}

/** A local Teams on a port of its own; it ends with the test. */
export async function startTestTeams(options: Partial<TeamsOptions> = {}): Promise<TestTeams> {
  const wall = new TestWall();
  const clock = new SandboxClock({ startMs: Date.parse('2026-12-01T08:00:00Z'), wall: wall.now });
  const dataDir = options.dataDir ?? temporaryFolder();
  const journal = path.join(dataDir, 'teams.jsonl');
  // To make a key anew for each test takes longer than the tests.
  if (!existsSync(journal)) writeFileSync(journal, `${JSON.stringify(['keys', 'signing', await key])}\n`);
  const bot: TestTeams['bot'] = { url: null };
  const teams = await openTeams({
    dataDir,
    clock,
    seed,
    clientSecret,
    botUrl: () => bot.url,
    clockState: async () => ({ ...clock.state(), nextDueMs: null }),
    ...options,
  });
  const server = fastify({ forceCloseConnections: true });
  const addressOf = () => `http://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
  await teams.register(server, addressOf);
  await server.listen({ host: '127.0.0.1', port: 0 });
  let closed = false;
  const close = async () => {
    if (closed) return;
    closed = true;
    teams.close();
    await server.close();
  };
  onTestFinished(close);
  return { ...teams, close, url: addressOf(), dataDir, wall, clock, bot };
}

/** Asks the control interface; throws with what it refuses. */
export async function control<Answer>(
  { url }: { url: string },
  method: 'GET' | 'PUT' | 'POST',
  pathname: string,
  body?: unknown,
): Promise<Answer> {
  const response = await fetch(`${url}/teams/sandbox/${pathname}`, {
    method,
    ...(body === undefined
      ? {}
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const answer: unknown = await response.json();
  if (!response.ok) throw new Error(`${response.status} ${JSON.stringify(answer)}`);
  return answer as Answer;
}

export function act(teams: { url: string }, name: string, body: unknown): Promise<ActionResult> {
  return control<ActionResult>(teams, 'POST', `actions/${name}`, body);
}

export async function messagesIn(teams: { url: string }, channel: string, query = ''): Promise<Message[]> {
  const path = `channels/${encodeURIComponent(channel)}/messages?${query}`;
  return (await control<{ messages: Message[] }>(teams, 'GET', path)).messages;
}

/** A token for the connector, as an app gets one. */
export async function tokenFrom(
  { url }: { url: string },
  form: Record<string, string> = {},
): Promise<string> {
  const response = await fetch(`${url}/teams/login/${seed.tenantId}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: seed.app.id,
      client_secret: clientSecret,
      scope: 'https://api.botframework.com/.default',
      ...form,
    }),
  });
  const answer = (await response.json()) as { access_token?: string; error?: string };
  return answer.access_token ?? `refused: ${answer.error}`;
}

export interface ConnectorAnswer {
  status: number;
  body: Record<string, unknown> & { error?: { code: string; message: string } };
  headers: Headers;
}

/** Calls the connector as an app that has its token. */
export async function createConnector(teams: { url: string }) {
  const token = await tokenFrom(teams);
  return async (method: string, path: string, body?: unknown): Promise<ConnectorAnswer> => {
    const response = await fetch(`${teams.url}/teams/connector/v3/${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return {
      status: response.status,
      body: (await response.json()) as ConnectorAnswer['body'],
      headers: response.headers,
    };
  };
}

export function cardOf(...body: object[]) {
  return { type: 'AdaptiveCard', version: '1.5', body };
}

export function messageWith(card: object) {
  return {
    type: 'message',
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card }],
  };
}

/**
 * A bot of Microsoft's own library, at `/api/messages`, that authenticates for real. `onTurn` answers an invoke by
 * returning its response. What it received is in `received`.
 */
export async function startBot(
  teams: TestTeams,
  onTurn: (context: TurnContext) => Promise<InvokeResponse | undefined> = async () => undefined,
): Promise<{ received: Activity[] }> {
  const received: Activity[] = [];
  const adapter = new CloudAdapter(
    new ConfigurationBotFrameworkAuthentication({
      MicrosoftAppId: seed.app.id,
      MicrosoftAppPassword: clientSecret,
      MicrosoftAppType: 'SingleTenant',
      MicrosoftAppTenantId: seed.tenantId,
      ValidateAuthority: true,
      ToChannelFromBotLoginUrl: `${teams.url}/teams/login/${seed.tenantId}`,
      ToChannelFromBotOAuthScope: 'https://api.botframework.com',
      ToBotFromChannelTokenIssuer: 'https://api.botframework.com',
      OAuthUrl: 'https://api.botframework.com',
      ToBotFromChannelOpenIdMetadataUrl: `${teams.url}/teams/openid/.well-known/openidconfiguration`,
      ToBotFromEmulatorOpenIdMetadataUrl: `${teams.url}/teams/openid/.well-known/openidconfiguration`,
      CallerId: 'urn:botframework:azure',
    } as ConstructorParameters<typeof ConfigurationBotFrameworkAuthentication>[0]),
  );
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    const answer: BotResponse = {
      socket: response.socket,
      status: (code) => {
        response.statusCode = code;
        return answer;
      },
      send: (body) => {
        response.write(typeof body === 'string' ? body : JSON.stringify(body));
        return answer;
      },
      end: () => {
        response.end();
      },
      header: (name, value) => response.setHeader(name, String(value)),
    } as BotResponse;
    const asked = { body: JSON.parse(text), headers: request.headers, method: request.method };
    await adapter.process(asked as never, answer, async (context) => {
      received.push(context.activity);
      const value = await onTurn(context);
      if (context.activity.type === 'invoke') await context.sendActivity({ type: 'invokeResponse', value });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close().closeAllConnections());
  teams.bot.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { received };
}
