import { App, HTTPReceiver, type Logger, LogLevel, SocketModeReceiver } from '@slack/bolt';
import { onTestFinished } from 'vitest';
import { APP_TOKEN, BOT_TOKEN, SIGNING_SECRET } from './harness.ts';

/** Bolt without a word: what a test provokes is not news. */
const silent: Logger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  getLevel: () => LogLevel.ERROR,
  setName() {},
};

interface BoltApp {
  app: App;
  stop: () => Promise<void>;
}

function makeApp(apiUrl: string, receiver: SocketModeReceiver | HTTPReceiver): App {
  const clientOptions = { slackApiUrl: apiUrl, retryConfig: { retries: 0 } };
  return new App({ token: BOT_TOKEN, receiver, clientOptions, logger: silent });
}

/** A real Bolt app in Socket Mode; `listen` is called before it connects. */
export async function startSocketApp(
  { apiUrl }: { apiUrl: string },
  listen: (app: App) => void = () => undefined,
): Promise<BoltApp> {
  const clientOptions = { slackApiUrl: apiUrl };
  // A reconnection is tried after the ping timeout; five seconds would make the tests wait.
  const receiver = new SocketModeReceiver({
    appToken: APP_TOKEN,
    logger: silent,
    clientPingTimeout: 300,
    installerOptions: { clientOptions },
  });
  const app = makeApp(apiUrl, receiver);
  listen(app);
  await app.start();
  const stop = async () => {
    await app.stop();
  };
  onTestFinished(stop);
  return { app, stop };
}

/** A real Bolt app over HTTP on a free port. Its listeners can't call the Web API: the workspace comes later. */
export async function startHttpApp(listen: (app: App) => void): Promise<string> {
  const receiver = new HTTPReceiver({ signingSecret: SIGNING_SECRET, logger: silent });
  const authorize = async () => ({ botToken: BOT_TOKEN, botId: 'B0TMINUS', botUserId: 'U0TMINUS' });
  const app = new App({ authorize, receiver, logger: silent });
  listen(app);
  const server = await app.start(0);
  onTestFinished(async () => {
    await app.stop();
  });
  const address = 'address' in server ? server.address() : null;
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return `http://127.0.0.1:${port}/slack/events`;
}
