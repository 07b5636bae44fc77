import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Fault, FaultKind } from '../../control-api.ts';
import type { TeamsCore } from '../core.ts';
import { isConnectorToken } from '../login/tokens.ts';
import { splitId } from './place.ts';
import { ConnectorRefusal } from './refusal.ts';

/** One call of the connector. */
export interface Operation {
  /** As Microsoft names it, such as `sendToConversation`. */
  name: string;
  /** Whether it is one of those that the limits of a conversation are for. */
  limited: boolean;
  status?: 200 | 201;
  /** Answers the body of the response. */
  run: (request: ConnectorRequest) => unknown;
}

export type ConnectorRequest = FastifyRequest<{
  Params: Record<string, string>;
  Querystring: Record<string, string>;
  Body: unknown;
}>;

const before: Partial<Record<FaultKind, (fault: Fault) => ConnectorRefusal>> = {
  'rate-limited': ({ amount = 1 }) => ConnectorRefusal.throttled(amount),
  'rate-limited-without-hint': () => ConnectorRefusal.throttled(),
  'precondition-failed': () =>
    new ConnectorRefusal(412, 'PreconditionFailed', 'Precondition failed, try again.'),
  'too-big': () => new ConnectorRefusal(413, 'MessageSizeTooBig', 'Message size too large.'),
  'bad-gateway': () => new ConnectorRefusal(502, 'BadGateway', 'Bad gateway.'),
  unavailable: () => new ConnectorRefusal(503, 'ServiceUnavailable', 'The service is unavailable.'),
  'error-before-posting': () => new ConnectorRefusal(500, 'ServiceError', 'Unknown error.'),
};

/** Carries out one call: token, limits, faults, the call itself, and a line in the list of calls. */
export async function carryOut(
  core: TeamsCore,
  operation: Operation,
  request: ConnectorRequest,
  reply: FastifyReply,
): Promise<unknown> {
  await authorize(core, request);
  const { fault, slow } = core.faults.choose(operation.name);
  let played = false;
  try {
    if (slow) await pause(slow.amount ?? 1_000);
    admit(core, operation, request);
    const refuse = fault && before[fault.kind];
    if (refuse) {
      played = true;
      throw refuse(fault);
    }
    if (fault?.kind === 'drop-before-posting') return cut(request, reply, () => (played = true));
    const answer = operation.run(request) ?? {};
    note(core, operation, request, fault?.kind);
    if (fault?.kind === 'drop-after-posting') return cut(request, reply, () => (played = true));
    if (fault?.kind === 'error-after-posting') {
      played = true;
      return reply.code(500).send({ error: { code: 'ServiceError', message: 'Unknown error.' } });
    }
    return reply.code(operation.status ?? 200).send(answer);
  } catch (error) {
    note(core, operation, request, error instanceof ConnectorRefusal ? error.code : 'InternalError', false);
    throw error;
  } finally {
    if (fault) core.faults.settle(fault, played);
    if (slow) core.faults.settle(slow, true);
  }
}

async function authorize(core: TeamsCore, { headers }: ConnectorRequest): Promise<void> {
  const token = /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1] ?? '';
  const claims = { appId: core.seed.app.id, wallMs: core.options.clock.wall() };
  if (!(await isConnectorToken(core.key, token, claims)))
    throw new ConnectorRefusal(401, 'Unauthorized', 'Authorization has been denied for this request.');
}

function admit(core: TeamsCore, { limited }: Operation, request: ConnectorRequest): void {
  if (!limited) return;
  const refused = core.limits.admit(splitId(request.params.conversationId ?? 'new').plain);
  if (refused) throw ConnectorRefusal.throttled(refused.told ? refused.waitSeconds : undefined);
}

/** Ends the connection without a word. */
function cut(request: ConnectorRequest, reply: FastifyReply, done: () => void): FastifyReply {
  done();
  reply.hijack();
  request.raw.socket.destroy();
  return reply;
}

function note(
  core: TeamsCore,
  { name }: Operation,
  { params }: ConnectorRequest,
  error?: string,
  ok = true,
): void {
  const channel = params.conversationId;
  core.apiCalls.add({
    method: name,
    at: new Date(core.options.clock.now()).toISOString(),
    ok,
    ...(channel === undefined ? {} : { channel }),
    ...(error === undefined ? {} : { error }),
  });
}
