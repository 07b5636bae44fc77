import type { Activity, InvokeResponse } from 'botbuilder';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { HttpRoutes } from '../../../http/http-server.ts';
import { describeError } from '../../../lib/describe-error.ts';
import type { Log } from '../../../lib/log.ts';
import { allSettled, withinTime } from '../../requests/in-progress.ts';
import { NotAuthenticatedError, type TeamsAdapter } from '../client/adapter.ts';

interface RouteOptions {
  adapter: TeamsAdapter;
  /** What becomes of an activity; of an invoke, what it is answered with. */
  onActivity: (activity: Activity) => Promise<InvokeResponse | undefined>;
  log: Log;
}

export interface MessagesRoute {
  routes: HttpRoutes;
  /** Takes no more requests, and resolves when the ones in progress are done or the drain time is over. */
  stop(): Promise<void>;
}

/** Milliseconds. */
const drainMs = 10_000;

/** `POST /api/messages`: hands what Teams sends to botbuilder, which checks who sent it, and gives its answer. */
export function createMessagesRoute({ adapter, onActivity, log }: RouteOptions): MessagesRoute {
  const working = new Set<Promise<void>>();
  let stopping = false;
  const receive = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    if (stopping) return void reply.code(503).send();
    const activity = readActivity(request.body);
    if (activity === null) return void reply.code(400).send();
    const { authorization = '' } = request.headers;
    try {
      const answer = await adapter.receive(authorization, activity, async (turn) => {
        const value = await onActivity(turn.activity);
        if (activity.type === 'invoke' && value) await turn.sendActivity({ type: 'invokeResponse', value });
      });
      reply.code(answer?.status ?? 200).send(answer?.body);
    } catch (error) {
      if (error instanceof NotAuthenticatedError) {
        refuse(request, { reason: error.message, log });
        return void reply.code(401).send();
      }
      log.error({ part: 'teams', note: describeError(error) }, 'a request from Teams failed');
      reply.code(500).send();
    }
  };
  return {
    routes: async (server) => {
      server.post('/api/messages', async (request, reply) => {
        const work = receive(request, reply);
        working.add(work);
        await work.finally(() => working.delete(work));
        return reply;
      });
    },
    stop: async () => {
      stopping = true;
      await withinTime(allSettled(working), drainMs);
    },
  };
}

/** For whoever watches for attacks: nothing of the token, and nothing of what it came with. */
function refuse({ ip }: FastifyRequest, { reason, log }: { reason: string; log: Log }): void {
  log.warn(
    { security: 'request-not-authenticated', platform: 'teams', from: ip, reason },
    'A request to the Teams endpoint was not from Teams. Is the app id right?',
  );
}

/** Another channel than Teams could bring its own rules of authentication along. */
function readActivity(body: unknown): Activity | null {
  try {
    const read: unknown = JSON.parse(Buffer.isBuffer(body) ? body.toString() : '');
    if (typeof read !== 'object' || read === null || Array.isArray(read)) return null;
    const { type, channelId, serviceUrl } = read as Record<string, unknown>;
    const isActivity = typeof type === 'string' && channelId === 'msteams' && typeof serviceUrl === 'string';
    return isActivity ? (read as Activity) : null;
  } catch {
    return null;
  }
}
