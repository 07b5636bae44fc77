import { App, LogLevel, type Receiver } from '@slack/bolt';
import { bridgeLogger, type SlackLog } from '../client/log.ts';
import { clientOptions, interactiveTimeoutMs } from '../client/web-client.ts';

export interface BoltAppOptions {
  receiver: Receiver;
  token: string;
  /** Base of the Web API; Slack's own when left out. */
  apiUrl?: string | undefined;
  /** Both as `identifyBot` tells them, so that Bolt need not ask by itself. */
  botId: string;
  botUserId: string;
  log: SlackLog;
}

/**
 * Bolt without what costs time or repeats calls: no conversation store, no retries, no debug lines. The bot's
 * own events are ignored. The `client` that listeners get waits 2.5 s at most.
 */
export function createBoltApp({ receiver, token, apiUrl, botId, botUserId, log }: BoltAppOptions): App {
  return new App({
    receiver,
    token,
    botId,
    botUserId,
    convoStore: false,
    ignoreSelf: true,
    logger: bridgeLogger(log),
    logLevel: LogLevel.WARN,
    clientOptions: clientOptions({ apiUrl, log }, interactiveTimeoutMs),
  });
}
