import { type App, AuthorizationError, type Receiver, ReceiverMultipleAckError } from '@slack/bolt';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { HttpRoutes } from '../../../http/http-server.ts';
import type { Clock } from '../../../lib/clock.ts';
import { describeError } from '../../../lib/describe-error.ts';
import { allSettled, withinTime } from '../../requests/in-progress.ts';
import type { SlackLog } from '../client/log.ts';
import { type Payload, parseBody } from './parse-body.ts';
import { isSignedBySlack } from './signature.ts';

export interface HttpReceiverOptions {
  signingSecret: string;
  log: SlackLog;
  /** Where Slack posts to; `/slack/events` when left out. */
  path?: string;
  /** What the age of a request is measured with. A machine's own that is off would refuse all of them. */
  clock: Pick<Clock, 'wall'>;
  /** Milliseconds that `stop` waits for requests in progress. */
  drainMs?: number;
}

/** Bolt's receiver as routes of the one HTTP server. */
export interface HttpReceiver extends Receiver {
  routes: HttpRoutes;
  start(): Promise<void>;
  /** Takes no more requests, and resolves when the ones in progress are done or the drain time is over. */
  stop(): Promise<void>;
}

const defaultDrainMs = 10_000;
/** Slack gives up after three seconds. */
const acknowledgeWithinMs = 3_001;
const largestCertificateCheckBytes = 1024;

/**
 * Checks Slack's signature over the raw body, hands the payload to Bolt and answers with its acknowledgement.
 * @throws Error when the secret is empty: an empty key would accept anybody's signature.
 */
export function createHttpReceiver(options: HttpReceiverOptions): HttpReceiver {
  const { signingSecret: secret, log, path = '/slack/events', clock } = options;
  if (secret === '') throw new Error('The Slack signing secret is empty.');
  const working = new Set<Promise<void>>();
  let app: App | undefined;
  let stopping = false;

  const receive = (request: FastifyRequest, reply: FastifyReply): void => {
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const contentType = request.headers['content-type'];
    if (!isSigned(request, { secret, body, nowMs: clock.wall() })) {
      refuseUnsigned(reply, { body, contentType, log });
      return;
    }
    const payload = parseBody(contentType, body);
    if (payload === null) reply.code(400).send();
    else if (payload.ssl_check === '1') reply.send();
    else if (payload.type === 'url_verification') reply.send({ challenge: payload.challenge });
    else if (app === undefined || stopping) reply.code(503).send();
    else {
      const work = processRequest({ app, request, reply, payload, log });
      working.add(work);
      void work.finally(() => working.delete(work));
    }
  };

  return {
    routes: async (server) => void server.post(path, receive),
    init: (bolt) => {
      app = bolt;
    },
    start: async () => undefined,
    stop: async () => {
      stopping = true;
      await withinTime(allSettled(working), options.drainMs ?? defaultDrainMs);
    },
  };
}

function isSigned(
  { headers }: FastifyRequest,
  { secret, body, nowMs }: { secret: string; body: Buffer; nowMs: number },
): boolean {
  const [signature, timestamp] = [headers['x-slack-signature'], headers['x-slack-request-timestamp']];
  return isSignedBySlack({ secret, signature, timestamp, body, nowMs });
}

/** Slack's check of the certificate comes unsigned. It is answered, and nothing in it is looked at. */
function refuseUnsigned(
  reply: FastifyReply,
  { body, contentType, log }: { body: Buffer; contentType: string | undefined; log: SlackLog },
): void {
  if (body.length <= largestCertificateCheckBytes && parseBody(contentType, body)?.ssl_check === '1') {
    reply.send();
    return;
  }
  log.warn('A request to the Slack endpoint had no valid signature. Is the signing secret right?');
  reply.code(401).send();
}

interface Processing {
  app: App;
  request: FastifyRequest;
  reply: FastifyReply;
  payload: Payload;
  log: SlackLog;
}

/**
 * Never rejects. Answers with 404, as Bolt does, when nobody has acknowledged after three seconds, and at once with
 * 400 when nobody is going to: no listener takes such a request, or its type can't be determined.
 */
async function processRequest({ app, request, reply, payload, log }: Processing): Promise<void> {
  const timer = setTimeout(() => {
    log.error('A request from Slack was not acknowledged within 3 seconds.');
    reply.code(404).send();
  }, acknowledgeWithinMs);
  const acknowledgement = acknowledgeOnce({ reply, timer, log });
  try {
    await app.processEvent({ body: payload, ack: acknowledgement.acknowledge, ...retryOf(request) });
    if (acknowledgement.isGiven() || reply.sent) return;
    clearTimeout(timer);
    log.warn('A request from Slack was taken by nobody.');
    reply.code(400).send();
  } catch (error) {
    clearTimeout(timer);
    log.error(`A request from Slack failed: ${describeError(error)}`);
    if (!reply.sent) reply.code(error instanceof AuthorizationError ? 401 : 500).send();
  }
}

/** What the listener did has happened, so an acknowledgement that comes too late is no failure of the listener. */
function acknowledgeOnce({
  reply,
  timer,
  log,
}: {
  reply: FastifyReply;
  timer: NodeJS.Timeout;
  log: SlackLog;
}) {
  let acknowledged = false;
  const acknowledge = async (content?: unknown): Promise<void> => {
    if (acknowledged) throw new ReceiverMultipleAckError();
    acknowledged = true;
    clearTimeout(timer);
    if (reply.sent) log.warn('An acknowledgement came too late for Slack.');
    else reply.send(content || undefined);
  };
  return { acknowledge, isGiven: () => acknowledged };
}

function retryOf({ headers }: FastifyRequest): { retryNum?: number; retryReason?: string } {
  const number = headers['x-slack-retry-num'];
  const reason = headers['x-slack-retry-reason'];
  return {
    ...(typeof number === 'string' ? { retryNum: Number.parseInt(number, 10) } : {}),
    ...(typeof reason === 'string' ? { retryReason: reason } : {}),
  };
}
