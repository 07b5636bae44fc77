import type { ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import { createFetch } from '../../../lib/http/create-fetch.ts';

type Options = NonNullable<ConstructorParameters<typeof ConfigurationBotFrameworkAuthentication>[4]>;
type Transport = NonNullable<Options['httpClient']>;
type Answer = Awaited<ReturnType<Transport['sendRequest']>>;

/** A page of 500 members is the longest answer. A connection is kept for a moment only. */
const teamsFetch = createFetch({ maxBytes: 8 * 1024 * 1024, keepAliveMs: 4_000 });

/**
 * How the SDK reaches the connector: as all else here reaches the outside, through the proxies of the environment, and
 * so that it is known whether anything was sent when it fails.
 */
export function createTransport(): Transport {
  return {
    sendRequest: async (request) => {
      const { url, method, timeout, body } = request;
      const answer = await teamsFetch(url, {
        method,
        headers: request.headers.toJson(),
        body: typeof body === 'string' ? body : null,
        signal: timeout > 0 ? AbortSignal.timeout(timeout) : null,
      });
      const headers = request.headers.clone();
      for (const { name } of request.headers.headersArray()) headers.remove(name);
      for (const [name, value] of answer.headers) headers.set(name, value);
      const read: Answer = { request, status: answer.status, headers, bodyAsText: await answer.text() };
      return read;
    },
  };
}
