import type { FastifyReply, FastifyRequest } from 'fastify';
import { readToken, type TokenPurpose } from '../core/subscriptions/token.ts';
import { asSystem, type Services } from '../services/kernel/context.ts';
import type { Result } from '../services/kernel/result.ts';
import {
  confirmListSubscription,
  endListSubscription,
  type OfList,
  requestListSubscription,
} from '../services/subscriptions/list-subscription.ts';
import type { HttpRoutes } from './http-server.ts';
import {
  askedPage,
  brokenLinkPage,
  confirmedPage,
  confirmPage,
  joinPage,
  leavePage,
  leftPage,
  noListPage,
  pageHeaders,
} from './subscription-pages.ts';

type ListRequest = FastifyRequest<{ Params: { channel: string; list: string } }>;
type LinkRequest = FastifyRequest<{ Querystring: { token?: unknown } }>;

/**
 * Where people outside join and leave lists: `/subscriptions/<notifier>/<list>`, and the links in messages. A GET
 * changes nothing, since programs open links, too; the POST to the link of a message is what RFC 8058 calls one click.
 */
export function subscriptionRoutes(services: Services): HttpRoutes {
  const ctx = asSystem(services, 'subscriptions');
  const { lists, links } = services.subscriptions;
  const listOf = ({ params: { channel, list } }: ListRequest) =>
    lists.includes(`${channel}:${list}`) ? { channel, list } : null;
  /** The subscriber whose link it is; null when it is not valid. */
  const subscriberOf = ({ query: { token } }: LinkRequest, purpose: TokenPurpose) =>
    links && typeof token === 'string'
      ? readToken(links.secret, token, { purpose, now: services.clock.wall() })
      : null;
  const follow = async (
    request: LinkRequest,
    reply: FastifyReply,
    act: { purpose: TokenPurpose; run: typeof confirmListSubscription; done: (list: string) => string },
  ) => {
    const subscriberId = subscriberOf(request, act.purpose);
    if (subscriberId === null) return send(reply, 404, brokenLinkPage());
    const result: Result<OfList> = await act.run({ ctx, input: { subscriberId } });
    return result.ok ? send(reply, 200, act.done(result.value.list)) : send(reply, 404, brokenLinkPage());
  };
  return async (server) => {
    server.get('/subscriptions/:channel/:list', async (request: ListRequest, reply) => {
      const found = listOf(request);
      return found ? send(reply, 200, joinPage(found)) : send(reply, 404, noListPage());
    });
    server.post('/subscriptions/:channel/:list', async (request: ListRequest, reply) => {
      const found = listOf(request);
      if (!found) return send(reply, 404, noListPage());
      const address = fieldsOf(request).get('email') ?? '';
      const result = await requestListSubscription({ ctx, input: { ...found, address } });
      if (result.ok) return send(reply, 200, askedPage());
      return send(reply, 400, joinPage({ ...found, error: 'That is not an e-mail address.' }));
    });
    server.get('/subscriptions/confirm', async (request: LinkRequest, reply) =>
      subscriberOf(request, 'confirm') === null
        ? send(reply, 404, brokenLinkPage())
        : send(reply, 200, confirmPage()),
    );
    server.post('/subscriptions/confirm', (request: LinkRequest, reply) =>
      follow(request, reply, { purpose: 'confirm', run: confirmListSubscription, done: confirmedPage }),
    );
    server.get('/subscriptions/unsubscribe', async (request: LinkRequest, reply) =>
      subscriberOf(request, 'unsubscribe') === null
        ? send(reply, 404, brokenLinkPage())
        : send(reply, 200, leavePage()),
    );
    server.post('/subscriptions/unsubscribe', (request: LinkRequest, reply) =>
      follow(request, reply, { purpose: 'unsubscribe', run: endListSubscription, done: leftPage }),
    );
  };
}

function send(reply: FastifyReply, status: number, html: string) {
  return reply.code(status).headers(pageHeaders).send(html);
}

/** Of a form as browsers send it; every body is raw here. */
function fieldsOf({ body }: FastifyRequest): URLSearchParams {
  return new URLSearchParams(Buffer.isBuffer(body) ? body.toString() : '');
}
