import type { FastifyReply, FastifyRequest } from 'fastify';
import { lineText } from '../../core/card/line.ts';
import { asSystem, type Services } from '../../services/kernel/context.ts';
import type { Refusal } from '../../services/kernel/result.ts';
import { recordResults } from '../../services/readiness/record-results.ts';
import type { HttpRoutes } from '../http-server.ts';
import { readJsonResults, readReportResults } from './read-results.ts';
import { isSigned } from './verify-signature.ts';

/** Who may send results, by name, and with which secrets. */
export type ResultSources = Readonly<Record<string, { secret: string; previousSecret?: string | undefined }>>;

/** Reports of large test suites have some megabytes. */
const bodyLimit = 16 * 1024 * 1024;

type ResultRequest = FastifyRequest<{
  Params: { source: string };
  Querystring: Record<string, string | string[]>;
}>;

const statuses: Partial<Record<Refusal['code'], number>> = {
  'not-found': 404,
  'wrong-state': 409,
  conflict: 409,
  unavailable: 503,
};

/**
 * `POST /results/<source>`: what gates were found to be, signed with the source's secret; JSON, or with `?format=` a
 * report as a tool wrote it. The same request twice is one: it gets the first answer. A source that there is not is
 * answered like a wrong signature.
 */
export function resultRoutes(services: Services, sources: ResultSources): HttpRoutes {
  return async (server) => {
    server.post('/results/:source', { bodyLimit }, async (request: ResultRequest, reply) => {
      const { source } = request.params;
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      const signature = headerOf(request, 'x-tminus-signature');
      const found = Object.hasOwn(sources, source) ? sources[source] : undefined;
      const secrets = found ? [found.secret, found.previousSecret].filter((one) => one !== undefined) : [];
      const signed = {
        timestamp: headerOf(request, 'x-tminus-timestamp'),
        signature,
        query: queryOf(request),
        body,
      };
      if (!isSigned(signed, { secrets, now: services.clock.wall() })) {
        services.log.warn(
          { security: 'results-not-authenticated', from: request.ip },
          'results were not signed as they have to be',
        );
        return fail(reply, 401, 'The signature is not valid, or the timestamp is not of now.');
      }
      const sent =
        'format' in request.query
          ? await readReportResults(services.db, request.query, body)
          : readJsonResults(body);
      if ('problem' in sent) return fail(reply, 400, sent.problem);
      const ctx = { ...asSystem(services, source), idempotencyKey: `results ${source} ${signature}` };
      const result = await recordResults({ ctx, input: { ...sent, source } });
      if (result.ok) return reply.code(200).send(result.value);
      const { code, message } = result.refusal;
      return fail(reply, statuses[code] ?? 400, lineText(message));
    });
  };
}

function fail(reply: FastifyReply, status: number, error: string) {
  return reply.code(status).send({ error });
}

function headerOf({ headers }: FastifyRequest, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' ? value : undefined;
}

function queryOf({ raw }: FastifyRequest): string {
  const [, ...query] = (raw.url ?? '').split('?');
  return query.join('?');
}
