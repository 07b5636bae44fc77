import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import {
  ActivityHandler,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  type Response,
  type TurnContext,
} from 'botbuilder';
import { type Insert, openInsert } from '../bare-insert.ts';
import { serveParent } from '../parent-link.ts';

export interface BareBotbuilderOptions {
  appId: string;
  tenantId: string;
  secret: string;
  openIdMetadataUrl: string;
  /** When given, a row is inserted before the answer. */
  databaseUrl?: string;
}

const handlers = {
  /** Starts a bot as botbuilder's documentation shows it; returns the address of its HTTP server. */
  start: async ({ databaseUrl, ...options }: BareBotbuilderOptions): Promise<string> => {
    const insert = databaseUrl === undefined ? undefined : await openInsert(databaseUrl);
    const adapter = new CloudAdapter(authenticationOf(options));
    const bot = new Bot(insert);
    const server = createServer(async (request, response) => {
      const asked = { body: await json(request), headers: request.headers, method: request.method };
      await adapter.process(asked as never, responseOf(response), (context) => bot.run(context));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  },
};
export type BareBotbuilderProcess = typeof handlers;
serveParent(handlers);

/** Answers every click with a small card. */
class Bot extends ActivityHandler {
  readonly #insert: Insert | undefined;

  constructor(insert: Insert | undefined) {
    super();
    this.#insert = insert;
  }

  protected override async onAdaptiveCardInvoke({ activity }: TurnContext) {
    await this.#insert?.(activity.id ?? '');
    const body = [{ type: 'TextBlock', text: 'Voted' }];
    const value = { type: 'AdaptiveCard', version: '1.5', body };
    return { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value };
  }
}

/** As in production, but for where the keys of whoever signs the activities are. */
function authenticationOf({ appId, tenantId, secret, openIdMetadataUrl }: BareBotbuilderOptions) {
  const issuer = 'https://api.botframework.com';
  return new ConfigurationBotFrameworkAuthentication({
    MicrosoftAppId: appId,
    MicrosoftAppPassword: secret,
    MicrosoftAppType: 'SingleTenant',
    MicrosoftAppTenantId: tenantId,
    ...{
      ValidateAuthority: true,
      ToChannelFromBotLoginUrl: 'https://login.microsoftonline.com/botframework.com',
      ToChannelFromBotOAuthScope: issuer,
      ToBotFromChannelTokenIssuer: issuer,
      OAuthUrl: issuer,
      ToBotFromChannelOpenIdMetadataUrl: openIdMetadataUrl,
      ToBotFromEmulatorOpenIdMetadataUrl: openIdMetadataUrl,
      CallerId: 'urn:botframework:azure',
    },
  });
}

/** What botbuilder expects of the web frameworks that it knows. */
function responseOf(response: ServerResponse): Response {
  const own: Response = {
    socket: response.socket,
    header: (name, value) => response.setHeader(name, String(value)),
    status: (code) => {
      response.statusCode = code;
      return own;
    },
    send: (body) => response.write(typeof body === 'string' ? body : JSON.stringify(body)),
    end: () => response.end(),
  };
  return own;
}
