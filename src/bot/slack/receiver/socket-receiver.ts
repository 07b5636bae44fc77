import type { App, Receiver } from '@slack/bolt';
import { SocketModeClient } from '@slack/socket-mode';
import type { Dispatcher } from 'undici';
import { describeError } from '../../../lib/describe-error.ts';
import { allSettled, withinTime } from '../../requests/in-progress.ts';
import { bridgeLogger, type SlackLog } from '../client/log.ts';
import { explainTokenError } from '../client/token-error.ts';
import { clientOptions, postingTimeoutMs } from '../client/web-client.ts';
import { createSocketConnection } from './socket-connection.ts';
import { type SupervisedSocket, type SupervisorOptions, superviseSocket } from './supervise-socket.ts';

export interface SocketReceiverOptions {
  /** The app-level token, `xapp-…`. */
  appToken: string;
  /** Base of the Web API; Slack's own when left out. */
  apiUrl?: string | undefined;
  log: SlackLog;
  /** Milliseconds without an answer to a ping after which the connection counts as dead. */
  clientPingTimeoutMs?: number;
  /** Milliseconds that `stop` waits for requests in progress. */
  drainMs?: number;
  supervision?: Pick<
    SupervisorOptions,
    'onState' | 'backoffMs' | 'helloWithinMs' | 'closeWithinMs' | 'random'
  >;
}

/** Bolt's receiver over Socket Mode. */
export interface SocketReceiver extends Receiver {
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** What the Socket Mode client hands over for an envelope. */
interface Envelope {
  ack: (content?: unknown) => Promise<void>;
  body: Record<string, unknown>;
  retry_num?: number;
  retry_reason?: string;
}

const defaultDrainMs = 10_000;

/**
 * A supervised Socket Mode connection. Bolt's own receiver is not used, since it neither waits for work in progress
 * when it stops nor survives a reconnection that Slack refuses.
 */
export function createSocketReceiver(options: SocketReceiverOptions): SocketReceiver {
  const { log } = options;
  const working = new Set<Promise<void>>();
  const connection = createSocketConnection();
  const client = createSocketClient(options, connection.dispatcher);
  const supervisor = superviseSocket({ socket: supervised(client), log, ...options.supervision });
  // The one that closed may be one that was given up long ago, and the latest be in use or waiting for its hello.
  client.on('close', () => connection.end({ keepLatest: client.websocket?.isActive() === true }));
  let app: App | undefined;

  client.on('slack_event', (envelope: Envelope) => {
    if (app === undefined) return;
    const work = processEnvelope({ app, envelope, log });
    working.add(work);
    void work.finally(() => working.delete(work));
  });

  return {
    init: (bolt) => {
      app = bolt;
    },
    start: supervisor.start,
    // Work in progress still wants to acknowledge, so the socket goes last.
    stop: async () => {
      await withinTime(allSettled(working), options.drainMs ?? defaultDrainMs);
      await supervisor.stop();
      connection.end({ keepLatest: false });
    },
  };
}

/** The SDK's client with its reconnecting off: the supervisor does that. */
function createSocketClient(
  { appToken, apiUrl, log, clientPingTimeoutMs = 15_000 }: SocketReceiverOptions,
  dispatcher: Dispatcher,
) {
  const { logger, ...web } = clientOptions({ apiUrl, log }, postingTimeoutMs);
  return new SocketModeClient({
    appToken,
    autoReconnectEnabled: false,
    clientPingTimeout: clientPingTimeoutMs,
    logger: logger ?? bridgeLogger(log),
    clientOptions: web,
    dispatcher,
  });
}

/** The client, whose start says which token Slack refuses. */
function supervised(client: SocketModeClient): SupervisedSocket {
  return {
    start: () =>
      client.start().catch((error: unknown) => {
        throw explainTokenError(error, 'SLACK_APP_TOKEN');
      }),
    disconnect: () => client.disconnect(),
    on: (event, listener) => client.on(event, listener),
  };
}

interface Processing {
  app: App;
  envelope: Envelope;
  log: SlackLog;
}

/**
 * Never rejects: Slack delivers an envelope again that was not acknowledged. One that nobody takes is acknowledged, since
 * nobody would take it then either.
 */
async function processEnvelope({ app, envelope, log }: Processing): Promise<void> {
  const acknowledgement = acknowledgeOnce(envelope, log);
  try {
    await app.processEvent({
      body: envelope.body,
      ack: acknowledgement.acknowledge,
      ...(envelope.retry_num === undefined ? {} : { retryNum: envelope.retry_num }),
      ...(envelope.retry_reason === undefined ? {} : { retryReason: envelope.retry_reason }),
    });
    if (acknowledgement.isGiven()) return;
    log.warn('A request from Slack was taken by nobody.');
    await acknowledgement.acknowledge();
  } catch (error) {
    log.error(`A request from Slack failed: ${describeError(error)}`);
  }
}

function acknowledgeOnce(envelope: Envelope, log: SlackLog) {
  let acknowledged = false;
  const acknowledge = async (content?: unknown): Promise<void> => {
    if (acknowledged) {
      log.warn('A request from Slack was acknowledged twice; the second answer was dropped.');
      return;
    }
    acknowledged = true;
    // What the listener did has happened; when the socket is gone, Slack asks again and gets the first answer.
    await envelope.ack(content).catch((error: unknown) => {
      log.warn(`An acknowledgement did not reach Slack: ${describeError(error)}`);
    });
  };
  return { acknowledge, isGiven: () => acknowledged };
}
