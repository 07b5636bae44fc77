import { App, HTTPReceiver, LogLevel, SocketModeReceiver } from '@slack/bolt';
import { type Insert, openInsert } from '../bare-insert.ts';
import { signingSecret } from '../command-payload.ts';
import { serveParent } from '../parent-link.ts';

export interface BareBoltOptions {
  transport: 'http' | 'socket';
  apiUrl: string;
  appToken: string;
  /** When given, a row is inserted before the acknowledgement. */
  databaseUrl?: string;
}

const path = '/slack/events';

const handlers = {
  /** Starts a Bolt app as Bolt's documentation shows it; returns where it takes requests. */
  start: async (options: BareBoltOptions): Promise<string> => {
    const insert = options.databaseUrl === undefined ? undefined : await openInsert(options.databaseUrl);
    const port =
      options.transport === 'http' ? await startHttp(options, insert) : await startSocket(options, insert);
    return `http://127.0.0.1:${port}${path}`;
  },
};
export type BareBoltProcess = typeof handlers;
serveParent(handlers);

async function startHttp(options: BareBoltOptions, insert: Insert | undefined): Promise<number> {
  const receiver = new HTTPReceiver({ signingSecret, endpoints: path, logLevel: LogLevel.WARN });
  makeApp(receiver, options, insert);
  const server = await receiver.start(0);
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

async function startSocket(options: BareBoltOptions, insert: Insert | undefined): Promise<number> {
  const { appToken, apiUrl } = options;
  const receiver = new SocketModeReceiver({
    appToken,
    logLevel: LogLevel.WARN,
    installerOptions: { clientOptions: { slackApiUrl: apiUrl } },
  });
  makeApp(receiver, options, insert);
  await receiver.start();
  return 0;
}

function makeApp(
  receiver: HTTPReceiver | SocketModeReceiver,
  { apiUrl }: BareBoltOptions,
  insert: Insert | undefined,
): void {
  const app = new App({
    receiver,
    token: 'xoxb-bare',
    logLevel: LogLevel.WARN,
    clientOptions: { slackApiUrl: apiUrl },
  });
  app.command('/promote', async ({ command, ack }) => {
    await insert?.(command.trigger_id);
    await ack();
  });
}
