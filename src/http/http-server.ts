import type { AddressInfo } from 'node:net';
import { type FastifyError, type FastifyPluginAsync, type FastifyReply, fastify } from 'fastify';
import type { Log } from '../lib/log.ts';

/** Routes of the one HTTP server. What they receive as a body is the raw `Buffer`, as it was signed. */
export type HttpRoutes = FastifyPluginAsync;

export interface HttpServerOptions {
  /** Port 0 takes a free one. */
  port: number;
  host?: string | undefined;
  routes: readonly HttpRoutes[];
  log: Log;
  /** Milliseconds that `close` waits for requests in progress. */
  drainMs?: number;
}

export interface HttpServer {
  /** `http://127.0.0.1:3000` */
  url: string;
  /** Takes no new requests, and resolves once those in progress are answered or the drain time is over. */
  close(): Promise<void>;
}

/** Chat platforms and webhooks send a few kilobytes; forms with all their state some hundred. */
const bodyLimitBytes = 1024 * 1024;
const defaultDrainMs = 10_000;
/** Requests are small and come at once: whoever is slower than this is not a platform of ours. */
const timeouts = {
  requestTimeout: 15_000,
  keepAliveTimeout: 65_000,
  http: { headersTimeout: 10_000, connectionsCheckingInterval: 2_000 },
};

/** Starts the one HTTP server and resolves once it listens. Rejects when the port is taken. */
export async function startHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const { log, drainMs = defaultDrainMs } = options;
  const server = fastify({ bodyLimit: bodyLimitBytes, forceCloseConnections: 'idle', ...timeouts });
  let closing = false;
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  server.setNotFoundHandler((_request, reply) => void reply.code(404).send());
  server.setErrorHandler((error: FastifyError, { routeOptions: { url } }, reply) =>
    fail(error, { route: url, reply, log }),
  );
  server.addHook('onSend', async (_request, reply) => {
    // Otherwise the connection would be kept alive for a request that is not taken any more.
    if (closing) reply.header('connection', 'close');
  });
  for (const routes of options.routes) await server.register(routes);
  await server.listen({ port: options.port, ...(options.host === undefined ? {} : { host: options.host }) });
  return {
    url: urlOf(server.server.address() as AddressInfo),
    close: async () => {
      closing = true;
      const timer = setTimeout(() => server.server.closeAllConnections(), drainMs);
      await server.close().finally(() => clearTimeout(timer));
    },
  };
}

/** The answer names nothing of what went wrong; the log does. It has the route and not the path, which may hold a token. */
function fail(
  error: FastifyError,
  { route, reply, log }: { route: string | undefined; reply: FastifyReply; log: Log },
): void {
  const status = error.statusCode ?? 500;
  if (status >= 500) log.error({ error, route }, 'an HTTP request failed');
  reply.code(status).send();
}

function urlOf({ address, port }: AddressInfo): string {
  return `http://${address.includes(':') ? `[${address}]` : address}:${port}`;
}
