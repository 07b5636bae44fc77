import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { Pool } from 'undici';
import { forwardedHeaders } from './forwarded-headers.ts';
import { listen, shutDown } from './listen.ts';
import { createTrafficSplit, type TrafficTarget } from './traffic-split.ts';

export interface TrafficSplitter {
  /** Where the demo's users send their requests. */
  url: string;
  close(): Promise<void>;
}

/**
 * Starts a reverse proxy that sends `weight()` percent of the requests to the candidate and the rest to
 * the stable version. The weight is read for each request as it arrives: no request that starts after a
 * change goes by the old weight.
 */
export async function startTrafficSplitter(options: {
  port: number;
  stableUrl: string;
  candidateUrl: string;
  weight: () => number;
}): Promise<TrafficSplitter> {
  const upstreams: Record<TrafficTarget, Pool> = {
    stable: createUpstream(options.stableUrl),
    candidate: createUpstream(options.candidateUrl),
  };
  const pick = createTrafficSplit();
  const server = createServer((request, response) => {
    void forward({ request, response, upstream: upstreams[pick(options.weight())] });
  });
  server.keepAliveTimeout = 60_000;
  const url = await listen(server, options.port);
  return {
    url,
    close: async () => {
      await shutDown(server);
      await Promise.all([upstreams.stable.destroy(), upstreams.candidate.destroy()]);
    },
  };
}

function createUpstream(url: string): Pool {
  return new Pool(url, { connections: 256 });
}

async function forward(exchange: {
  request: IncomingMessage;
  response: ServerResponse;
  upstream: Pool;
}): Promise<void> {
  const { request, response, upstream } = exchange;
  const caller = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) caller.abort();
  });
  try {
    const answer = await upstream.request({
      method: request.method ?? 'GET',
      path: request.url ?? '/',
      headers: forwardedHeaders(request.headers),
      body: hasBody(request) ? request : null,
      signal: caller.signal,
    });
    response.writeHead(answer.statusCode, forwardedHeaders(answer.headers));
    await pipeline(answer.body, response);
  } catch {
    fail(response);
  }
}

/** The version did not answer, or the caller left; in mid-answer only the connection can tell. */
function fail(response: ServerResponse): void {
  if (response.headersSent) response.destroy();
  else response.writeHead(502, { 'content-type': 'application/json' }).end('{"error":"bad gateway"}');
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}
