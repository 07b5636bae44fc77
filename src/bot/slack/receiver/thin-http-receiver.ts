import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type App, AuthorizationError, type Receiver } from '@slack/bolt';
import type { Clock } from '../../../lib/clock.ts';
import { systemClock } from '../../../lib/clock.ts';
import { describeError, type SlackLog } from '../client/log.ts';
import { acknowledgeOver } from './acknowledgement.ts';
import { bodyLimitBytes, type Payload, parseBody, readBody } from './body.ts';
import { allSettled, withinTime } from './in-progress.ts';
import { respond } from './respond.ts';
import { isSignedBySlack } from './signature.ts';

export interface ThinHttpReceiverOptions {
  signingSecret: string;
  log: SlackLog;
  /** Where Slack posts to; `/slack/events` when left out. */
  path?: string;
  /** Other pages of the same server. Returns true when it answers, or will. Not verified by Slack's signature. */
  routes?: (request: IncomingMessage, response: ServerResponse) => boolean;
  /** For tests of the timestamp check. */
  clock?: Pick<Clock, 'wall'>;
  /** Milliseconds that `stop` waits for requests in progress. */
  drainMs?: number;
}

const defaultDrainMs = 10_000;
const idleCheckMs = 20;
/** Slack's requests are small and come at once; whoever is slower is not Slack. */
const serverOptions = {
  headersTimeout: 10_000,
  requestTimeout: 15_000,
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 2_000,
};

/**
 * Bolt's receiver over plain `node:http`: reads the raw body, checks Slack's signature, hands the payload to
 * Bolt and answers with its acknowledgement. Listeners find `receivedAt` (epoch ms) in their `context`.
 */
export class ThinHttpReceiver implements Receiver {
  readonly #options: ThinHttpReceiverOptions;
  readonly #clock: Pick<Clock, 'wall'>;
  readonly #working = new Set<Promise<void>>();
  #app: App | undefined;
  #server: Server | undefined;
  #stopping = false;

  constructor(options: ThinHttpReceiverOptions) {
    // An empty key would accept anybody's signature.
    if (options.signingSecret === '') throw new Error('The Slack signing secret is empty.');
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
  }

  init(app: App): void {
    this.#app = app;
  }

  /** Listens; resolves with the server once it does. Port 0 takes a free one. */
  start(port: number, host?: string): Promise<Server> {
    if (this.#server !== undefined)
      return Promise.reject(new Error('The Slack receiver was already started.'));
    const server = createServer(serverOptions, (request, response) => this.#handle(request, response));
    this.#server = server;
    this.#stopping = false;
    return new Promise((resolve, reject) => {
      server.once('error', (error) => {
        this.#server = undefined;
        reject(error);
      });
      server.listen(port, host, () => resolve(server));
    });
  }

  /** Takes no more requests, and resolves when the ones in progress are done or the drain time is over. */
  async stop(): Promise<void> {
    const server = this.#server;
    if (server === undefined) return;
    this.#server = undefined;
    this.#stopping = true;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    const drained = Promise.all([closed, allSettled(this.#working)]);
    // A connection that answers only now would be kept alive for the next request.
    const idle = setInterval(() => server.closeIdleConnections(), idleCheckMs);
    await withinTime(drained, this.#options.drainMs ?? defaultDrainMs);
    clearInterval(idle);
    server.closeAllConnections();
    await closed;
  }

  #handle(request: IncomingMessage, response: ServerResponse): void {
    if (this.#stopping) response.setHeader('connection', 'close');
    if (request.method === 'POST' && pathOf(request) === (this.#options.path ?? '/slack/events')) {
      const work = this.#receive(request, response).catch((error: unknown) => this.#fail(response, error));
      this.#working.add(work);
      void work.finally(() => this.#working.delete(work));
    } else this.#route(request, response);
  }

  #route(request: IncomingMessage, response: ServerResponse): void {
    try {
      if (!this.#options.routes?.(request, response)) respond(response, 404);
    } catch (error) {
      this.#options.log.error(`A request to ${pathOf(request)} failed: ${describeError(error)}`);
      respond(response, 500);
    }
  }

  async #receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const receivedAt = this.#clock.wall();
    const reading = await readBody(request, bodyLimitBytes);
    if (reading.result === 'aborted') return;
    if (reading.result === 'too-large') return this.#refuseBody(response);
    const { body } = reading;
    const contentType = request.headers['content-type'];
    if (!this.#isSigned(request, body, receivedAt)) return this.#refuseUnsigned(response, contentType, body);
    const payload = parseBody(contentType, body);
    if (payload === null) return respond(response, 400);
    if (payload.ssl_check === '1') return respond(response, 200);
    if (payload.type === 'url_verification') return respond(response, 200, { challenge: payload.challenge });
    await this.#process(request, response, payload, receivedAt);
  }

  #isSigned({ headers }: IncomingMessage, body: Buffer, nowMs: number): boolean {
    return isSignedBySlack({
      secret: this.#options.signingSecret,
      signature: headers['x-slack-signature'],
      timestamp: headers['x-slack-request-timestamp'],
      body,
      nowMs,
    });
  }

  #refuseBody(response: ServerResponse): void {
    response.setHeader('connection', 'close');
    respond(response, 413);
  }

  /** Slack's check of the certificate comes unsigned. It is answered, and nothing in it is looked at. */
  #refuseUnsigned(response: ServerResponse, contentType: string | undefined, body: Buffer): void {
    if (body.length <= 1024 && parseBody(contentType, body)?.ssl_check === '1') {
      respond(response, 200);
      return;
    }
    this.#options.log.warn(
      'A request to the Slack endpoint had no valid signature. Is the signing secret right?',
    );
    respond(response, 401);
  }

  async #process(request: IncomingMessage, response: ServerResponse, body: Payload, receivedAt: number) {
    if (this.#app === undefined) throw new Error('The Slack receiver has no app.');
    const ack = acknowledgeOver(response, this.#options.log);
    try {
      await this.#app.processEvent({
        body,
        ack: ack.send,
        ...retryOf(request),
        customProperties: { receivedAt },
      });
    } catch (error) {
      ack.cancel();
      throw error;
    }
  }

  #fail(response: ServerResponse, error: unknown): void {
    this.#options.log.error(`A request from Slack failed: ${describeError(error)}`);
    respond(response, error instanceof AuthorizationError ? 401 : 500);
  }
}

function pathOf(request: IncomingMessage): string {
  return (request.url ?? '/').split('?', 1)[0] ?? '/';
}

function retryOf({ headers }: IncomingMessage): { retryNum?: number; retryReason?: string } {
  const number = headers['x-slack-retry-num'];
  const reason = headers['x-slack-retry-reason'];
  return {
    ...(typeof number === 'string' ? { retryNum: Number.parseInt(number, 10) } : {}),
    ...(typeof reason === 'string' ? { retryReason: reason } : {}),
  };
}
