import { TransformStream } from 'node:stream/web';
import { type BodyInit, EnvHttpProxyAgent, FormData, fetch, type RequestInit, Response } from 'undici';
// Before the first request, so that it hears of every connection that fails.
import './not-connected.ts';
import { hostsWithoutProxy } from './proxies.ts';

export interface FetchOptions {
  /** Largest answer, in bytes: as they come over the wire, and decompressed too. */
  maxBytes: number;
  /** For the whole exchange, in ms; left out where each request brings a signal of its own. */
  timeoutMs?: number;
  /**
   * How long an idle connection waits for the next request, in ms. None waits unless told: where requests are
   * rare, the other side may close it just as the next one is sent.
   */
  keepAliveMs?: number;
  /** For https: whom to trust, and who we are. */
  tls?: TlsFiles;
}

/** The contents of files in PEM. */
export interface TlsFiles {
  /** The only authorities that are trusted; left out, those that Node trusts. */
  ca?: string;
  cert?: string;
  key?: string;
}

/** A body may be Node's own `FormData`, which is another class than undici's. */
export type FetchInit = Omit<RequestInit, 'dispatcher' | 'body'> & {
  body?: BodyInit | globalThis.FormData | null;
};

export type Fetch = (url: string | URL, init?: FetchInit) => Promise<Response>;

/** Less than any caller waits, so that an attempt to connect is known to have failed. Milliseconds. */
const connectTimeoutMs = 5_000;

/**
 * Makes a `fetch` with limits. It follows no redirect, which could carry a secret elsewhere: a redirect is an
 * answer like any other, unless the request asks for an error. Proxies are those of the environment (HTTP_PROXY,
 * HTTPS_PROXY, NO_PROXY); this machine itself is reached without one.
 */
export function createFetch({ maxBytes, timeoutMs, keepAliveMs = 0, tls = {} }: FetchOptions): Fetch {
  const dispatcher = new EnvHttpProxyAgent({
    noProxy: hostsWithoutProxy(),
    connect: { timeout: connectTimeoutMs, ...tls },
    // The same behind a proxy.
    requestTls: { ...tls },
    maxResponseSize: maxBytes,
    ...(keepAliveMs === 0
      ? { pipelining: 0 }
      : { keepAliveTimeout: keepAliveMs, keepAliveMaxTimeout: keepAliveMs }),
  });
  return (url, { body, signal, ...init } = {}) =>
    fetch(url, {
      redirect: 'manual',
      ...init,
      body: ownBody(body ?? null),
      signal: limitedBy(signal ?? null, timeoutMs),
      dispatcher,
    }).then(
      (response) => limitDecoded(response, maxBytes),
      (error: unknown) => {
        throw explain(error, url);
      },
    );
}

/** An answer is larger than `maxBytes`, once it was decompressed. Its body fails with this. */
export class BodyTooLargeError extends Error {
  override readonly name = 'BodyTooLargeError';
}

/** A server may compress although it was not asked to; undici counts what comes over the wire. */
function limitDecoded(response: Response, maxBytes: number): Response {
  if (!response.body || !response.headers.has('content-encoding')) return response;
  let size = 0;
  const limit = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      size += chunk.byteLength;
      if (size > maxBytes) throw new BodyTooLargeError(`the answer is larger than ${maxBytes} bytes`);
      controller.enqueue(chunk);
    },
  });
  const { status, statusText, headers } = response;
  return new Response(response.body.pipeThrough(limit), { status, statusText, headers });
}

/** undici says no more than "fetch failed"; its cause is what can be acted upon. */
function explain(error: unknown, url: string | URL): unknown {
  if (!(error instanceof TypeError && error.cause instanceof Error)) return error;
  const { cause } = error;
  return new Error(`The request to ${new URL(url).host} failed: ${cause.message}`, { cause });
}

function limitedBy(signal: AbortSignal | null, timeoutMs: number | undefined): AbortSignal | null {
  if (timeoutMs === undefined) return signal;
  const timeout = AbortSignal.timeout(timeoutMs);
  return signal ? AbortSignal.any([signal, timeout]) : timeout;
}

/** Node's `FormData` as undici's. */
function ownBody(body: BodyInit | globalThis.FormData | null): BodyInit | null {
  if (!(body instanceof globalThis.FormData)) return body;
  const form = new FormData();
  for (const [name, value] of body) form.append(name, value);
  return form;
}
