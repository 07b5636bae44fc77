import type { FastifyInstance } from 'fastify';
import type { TeamsCore } from '../core.ts';
import { writingOperations } from './activities.ts';
import { type ConnectorRequest, carryOut, type Operation } from './operation.ts';
import { ConnectorRefusal } from './refusal.ts';
import { readingOperations } from './roster.ts';

const conversation = '/v3/conversations/:conversationId';
const activity = `${conversation}/activities/:activityId`;

/** What a fault without `methods` applies to. */
export const writingMethods = [
  'createConversation',
  'sendToConversation',
  'replyToActivity',
  'updateActivity',
  'deleteActivity',
];

/** Registers the Bot Connector, in a scope of its own: its refusals have Microsoft's form. */
export async function registerConnector(app: FastifyInstance, core: TeamsCore): Promise<void> {
  const { create, send, reply, update, remove } = writingOperations(core);
  const { members, pagedMembers, member, team, channels } = readingOperations(core);
  const routes: ['GET' | 'POST' | 'PUT' | 'DELETE', string, Operation][] = [
    ['POST', '/v3/conversations', create],
    ['POST', `${conversation}/activities`, send],
    ['POST', activity, reply],
    ['PUT', activity, update],
    ['DELETE', activity, remove],
    ['GET', `${conversation}/members`, members],
    ['GET', `${conversation}/pagedmembers`, pagedMembers],
    ['GET', `${conversation}/members/:memberId`, member],
    ['GET', '/v3/teams/:teamId', team],
    ['GET', '/v3/teams/:teamId/conversations', channels],
  ];
  await app.register(
    async (scope) => {
      scope.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) => {
        const { status, code, headers } =
          error instanceof ConnectorRefusal
            ? error
            : { status: error.statusCode ?? 500, code: 'ServiceError', headers: {} };
        if (status >= 500 && !(error instanceof ConnectorRefusal)) console.error(error);
        return reply
          .code(status)
          .headers(headers)
          .send({ error: { code, message: error.message } });
      });
      for (const [method, url, operation] of routes) {
        scope.route({
          method,
          url,
          handler: (request, reply) => carryOut(core, operation, request as ConnectorRequest, reply),
        });
      }
    },
    { prefix: '/teams/connector' },
  );
}
