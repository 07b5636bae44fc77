import type { FastifyReply, FastifyRequest } from 'fastify';
import type { DeploymentSource, DeploymentSources } from '../../config/deployments-schema.ts';
import { lineText } from '../../core/card/line.ts';
import { parseJson } from '../../lib/parse-json.ts';
import { asSystem, type Services } from '../../services/kernel/context.ts';
import type { Refusal } from '../../services/kernel/result.ts';
import { recordDeployment } from '../../services/rollout/record-deployment.ts';
import type { HttpRoutes } from '../http-server.ts';
import { authenticate } from './authenticate.ts';
import { type DeploymentNews, readSigned } from './deployment-news.ts';
import { readArgoCd } from './read-argo-cd.ts';
import { readGithub } from './read-github.ts';

type DeploymentRequest = FastifyRequest<{ Params: { source: string } }>;

const statuses: Partial<Record<Refusal['code'], number>> = {
  'not-found': 404,
  'wrong-state': 409,
  conflict: 409,
  unavailable: 503,
};

/**
 * `POST /deployments/<source>`: something was deployed, or rolled back, without tminus. It is recorded as by
 * `/release record`, and told as the word of its source. What a platform tells of anything else is ignored with 202. A
 * source that there is not is answered like a wrong signature.
 */
export function deploymentRoutes(services: Services, sources: DeploymentSources): HttpRoutes {
  return async (server) => {
    server.post('/deployments/:source', async (request: DeploymentRequest, reply) => {
      const { source: name } = request.params;
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      const header = (of: string) => {
        const value = request.headers[of];
        return typeof value === 'string' ? value : undefined;
      };
      const [, ...query] = (request.raw.url ?? '').split('?');
      const received = { header, body, query: query.join('?') };
      const source = Object.hasOwn(sources, name) ? sources[name] : undefined;
      const known = source ? authenticate(source, received, services.clock.wall()) : null;
      if (!source || known === null) {
        services.log.warn(
          { security: 'deployment-not-authenticated', from: request.ip },
          'a deployment was told by somebody who did not show who they are',
        );
        return reply.code(401).send({ error: 'The signature or token is not valid, or not of now.' });
      }
      const news = readNews(source, header('x-github-event'), parseJson(body.toString('utf8')));
      return answer(reply, { services, name, known, source }, news);
    });
  };
}

function readNews(source: DeploymentSource, event: string | undefined, body: unknown): DeploymentNews {
  switch (source.kind) {
    case 'signed':
      return readSigned(body);
    case 'github':
      return readGithub(source, event, body);
    case 'argo-cd':
      return readArgoCd(source, body);
  }
}

async function answer(
  reply: FastifyReply,
  from: { services: Services; name: string; known: string; source: DeploymentSource },
  news: DeploymentNews,
) {
  if (news.kind === 'problem') return reply.code(400).send({ error: news.problem });
  if (news.kind === 'ignored') return reply.code(202).send({ ignored: news.why });
  const { services, name, known, source } = from;
  const ctx = { ...asSystem(services, name), idempotencyKey: `deployment ${name} ${known}` };
  const { releaseKey, percent: toPercent, note } = news;
  const result = await recordDeployment({ ctx, input: { releaseKey, toPercent, note, source: name } });
  if (result.ok) return reply.code(200).send({ release: releaseKey, percent: toPercent });
  const { code, message } = result.refusal;
  const error = lineText(message);
  // A platform tells of everything that it deploys, of which little is a release, or new.
  const isOfNoConcern = source.kind !== 'signed' && (code === 'not-found' || code === 'wrong-state');
  if (isOfNoConcern) return reply.code(202).send({ ignored: error });
  return reply.code(statuses[code] ?? 400).send({ error });
}
