import { createHash, timingSafeEqual } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import fastify, { type FastifyError, type FastifyInstance, type FastifyReply } from 'fastify';
import * as z from 'zod';
import type { AdminFault } from './admin-fault.ts';
import type { DemoSettingsStore } from './demo-settings.ts';
import { loopback } from './listen.ts';
import { type ControlResult, rollBack, setWeight } from './traffic-control.ts';

const operationId = z.string().min(1).max(200);
const WeightCommand = z.strictObject({
  version: z.string().min(1).max(100),
  weight: z.number().min(0).max(100),
  operationId,
});
const RollbackCommand = z.strictObject({ operationId });

export interface AdminApi {
  url: string;
  close(): Promise<void>;
}

export interface AdminApiOptions {
  port: number;
  /** The bearer token that every call under `/admin` must show. */
  token: string;
  settings: DemoSettingsStore;
  /** The fault to play, read for each call. */
  fault: () => AdminFault | null;
  /** The metrics page of all versions. */
  metrics: () => Promise<{ contentType: string; page: string }>;
  /** Called after a command was carried out. */
  onCommand: () => void;
}

/**
 * Starts the splitter's admin API: `GET /admin/state`, `PUT /admin/weight`, `POST /admin/rollback`, each
 * answered with the state or with `{ error, message }`; and `GET /metrics`, open to anyone on loopback.
 */
export async function startAdminApi(options: AdminApiOptions): Promise<AdminApi> {
  const app = fastify({ bodyLimit: 16_384, forceCloseConnections: true });
  app.setErrorHandler((error: FastifyError, _request, reply) => {
    const status = error.statusCode ?? 500;
    return refuse(reply, status, status < 500 ? 'invalid' : 'failed', error.message);
  });
  app.get('/metrics', async (_request, reply) => {
    const { contentType, page } = await options.metrics();
    return reply.type(contentType).send(page);
  });
  await app.register(async (admin) => addAdminRoutes(admin, options), { prefix: '/admin' });
  const url = await app.listen({ host: loopback, port: options.port });
  return { url, close: () => app.close() };
}

function addAdminRoutes(admin: FastifyInstance, options: AdminApiOptions): void {
  const { settings, fault } = options;
  addTokenCheck(admin, options.token);
  addSlowness(admin, fault);

  const answerCommand = (reply: FastifyReply, carryOut: () => ControlResult): FastifyReply => {
    if (fault()?.kind === 'refuse')
      return refuse(reply, 503, 'refused', 'The splitter takes no commands now.');
    if (fault()?.kind === 'not-taken') return reply.send(describeState(settings));
    const result = carryOut();
    if (result.kind === 'refused') return refuse(reply, 409, result.code, result.message);
    options.onCommand();
    return reply.send(describeState(settings));
  };

  admin.get('/state', async (_request, reply) => reply.send(describeState(settings)));
  admin.put('/weight', async (request, reply) => {
    const command = WeightCommand.safeParse(request.body);
    if (!command.success) return refuse(reply, 400, 'invalid', z.prettifyError(command.error));
    return answerCommand(reply, () => setWeight(settings, command.data));
  });
  admin.post('/rollback', async (request, reply) => {
    const command = RollbackCommand.safeParse(request.body);
    if (!command.success) return refuse(reply, 400, 'invalid', z.prettifyError(command.error));
    return answerCommand(reply, () => rollBack(settings, command.data));
  });
}

function addTokenCheck(admin: FastifyInstance, token: string): void {
  const expected = digest(`Bearer ${token}`);
  admin.addHook('onRequest', async (request, reply) => {
    if (timingSafeEqual(digest(request.headers.authorization ?? ''), expected)) return;
    return refuse(reply, 401, 'unauthorized', 'The bearer token is missing or wrong.');
  });
}

/** Late answers, not late deeds: the harder case, since who gives up waiting can't know what happened. */
function addSlowness(admin: FastifyInstance, fault: () => AdminFault | null): void {
  const closing = new AbortController();
  admin.addHook('preClose', async () => closing.abort());
  admin.addHook('onSend', async (_request, _reply, payload) => {
    const active = fault();
    if (active?.kind === 'slow') {
      await wait(active.delayMs, undefined, { signal: closing.signal }).catch(() => undefined);
    }
    return payload;
  });
}

function describeState(settings: DemoSettingsStore): Record<string, string | number> {
  const { weight, stableVersion, candidateVersion } = settings.current();
  return { weight, stableVersion, candidateVersion };
}

function refuse(reply: FastifyReply, status: number, error: string, message: string): FastifyReply {
  return reply.code(status).send({ error, message });
}

/** Digests are of one length, as a comparison in constant time needs. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
