import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Fault } from '../../control-api.ts';
import type { Core } from '../core.ts';
import { isObject, stringOf } from '../json.ts';
import { RateLimited, SlackRefusal } from '../refusal.ts';
import type { JsonObject } from '../stored.ts';
import { appMethods } from './app-itself.ts';
import { chatMethods } from './chat.ts';
import { conversationMethods } from './conversations.ts';
import { fileMethods } from './files.ts';
import type { Method } from './method.ts';
import { peopleMethods } from './people.ts';
import { userGroupMethods } from './user-groups.ts';
import { viewMethods } from './views.ts';

const methods: Record<string, Method> = {
  ...appMethods,
  ...chatMethods,
  ...conversationMethods,
  ...peopleMethods,
  ...userGroupMethods,
  ...fileMethods,
  ...viewMethods,
};

/** What goes back: an HTTP answer, or a connection cut without one. */
type Outcome = { status: number; body: JsonObject; headers?: Record<string, string> } | 'drop';

/** Registers `/api/:method`, Slack's Web API, for forms and JSON. */
export function registerWebApi(app: FastifyInstance, core: Core): void {
  app.route<{ Params: { method: string } }>({
    method: ['GET', 'POST'],
    url: '/api/:method',
    handler: async (request, reply) => {
      const outcome = await answer(core, request.params.method, request);
      await send(reply, outcome);
      return reply;
    },
  });
}

async function send(reply: FastifyReply, outcome: Outcome): Promise<void> {
  if (outcome === 'drop') {
    reply.hijack();
    reply.raw.socket?.destroy();
    return;
  }
  await reply
    .code(outcome.status)
    .headers(outcome.headers ?? {})
    .send(outcome.body);
}

async function answer(core: Core, name: string, request: FastifyRequest): Promise<Outcome> {
  const args = readArgs(request);
  const { fault, slow } = core.faults.choose(name);
  const outcome = await answerWithFault(core, { name, args, request, fault });
  if (slow) {
    core.faults.settle(slow, true);
    await wait(slow.amount ?? 1000);
  }
  return outcome;
}

interface Asked {
  name: string;
  args: JsonObject;
  request: FastifyRequest;
  fault: Fault | null;
}

async function answerWithFault(core: Core, { name, args, request, fault }: Asked): Promise<Outcome> {
  const before = fault && instead(fault);
  const outcome = before ?? (await run(core, name, args, request));
  const played = before !== null || (outcome !== 'drop' && outcome.body.ok === true);
  if (fault) core.faults.settle(fault, played);
  if (fault && played) {
    log(core, name, args, fault.kind);
    if (before) return before;
    return fault.kind === 'drop-after-posting' ? 'drop' : serverError();
  }
  log(core, name, args, outcome === 'drop' ? 'drop' : stringOf(outcome.body.error));
  return outcome;
}

/** The answer of a fault that keeps the call from being done; null for one that comes after. */
function instead(fault: Fault): Outcome | null {
  if (fault.kind === 'rate-limited') return tooMany(Math.max(1, Math.ceil(fault.amount ?? 1)));
  return fault.kind === 'error-before-posting' ? serverError() : null;
}

async function run(core: Core, name: string, args: JsonObject, request: FastifyRequest): Promise<Outcome> {
  try {
    const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
    if (!method) throw new SlackRefusal('unknown_method', { req_method: name });
    checkToken(core, method, request, args);
    if (method.scope !== undefined) requireScope(core, method.scope);
    const seconds = core.limits.admitCall(name, method.perMinute);
    if (seconds > 0) throw new RateLimited(seconds);
    const body = await method.run({ core, args, requireScope: (scope) => requireScope(core, scope) });
    return {
      status: 200,
      body: { ok: true, ...body },
      headers: { 'x-oauth-scopes': core.options.scopes.join(',') },
    };
  } catch (error) {
    if (error instanceof RateLimited) return tooMany(error.retryAfterSeconds);
    if (error instanceof SlackRefusal)
      return { status: 200, body: { ok: false, error: error.code, ...error.extra } };
    throw error;
  }
}

/** The bot token for everything but Socket Mode, which takes the app's. */
function checkToken(core: Core, method: Method, request: FastifyRequest, args: JsonObject): void {
  const { botToken, appToken } = core.options;
  const bearer = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const token = bearer ?? stringOf(args.token);
  if (token === undefined || token === '') throw new SlackRefusal('not_authed');
  if (token !== botToken && token !== appToken) throw new SlackRefusal('invalid_auth');
  if (token !== (method.token === 'bot' ? botToken : appToken))
    throw new SlackRefusal('not_allowed_token_type');
}

function requireScope(core: Core, scope: string): void {
  const { scopes } = core.options;
  if (!scopes.includes(scope))
    throw new SlackRefusal('missing_scope', { needed: scope, provided: scopes.join(',') });
}

function readArgs(request: FastifyRequest): JsonObject {
  const query = isObject(request.query) ? request.query : {};
  return isObject(request.body) ? { ...query, ...request.body } : { ...query };
}

function tooMany(seconds: number): Outcome {
  return {
    status: 429,
    body: { ok: false, error: 'ratelimited' },
    headers: { 'retry-after': String(seconds) },
  };
}

function serverError(): Outcome {
  return { status: 500, body: { ok: false, error: 'internal_error' } };
}

function log(core: Core, method: string, args: JsonObject, error: string | undefined): void {
  const channel = stringOf(args.channel);
  core.apiCalls.add({
    method,
    at: new Date(core.options.clock.now()).toISOString(),
    ok: error === undefined,
    ...(channel ? { channel } : {}),
    ...(error === undefined ? {} : { error }),
  });
}
