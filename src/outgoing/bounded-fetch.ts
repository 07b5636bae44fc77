import type { RequestInit, Response } from 'undici';

export type BoundedFetch = (url: string | URL, init: Omit<RequestInit, 'dispatcher'>) => Promise<Response>;

/**
 * Makes a `fetch` whose answers have at most `maxResponseBytes`, as they come over the wire. No connection is
 * kept: requests are rare, and an idle one may be closed under the next. The library, a tenth of the program,
 * is loaded in the background, so that nothing waits for it before there is a request.
 */
export function createBoundedFetch({ maxResponseBytes }: { maxResponseBytes: number }): BoundedFetch {
  const load = async () => {
    const { Agent, fetch } = await import('./http-client.ts');
    return { fetch, dispatcher: new Agent({ pipelining: 0, maxResponseSize: maxResponseBytes }) };
  };
  // From now on, and not at the first request: files may be replaced under a process that has run for weeks.
  const loading = load();
  loading.catch(() => undefined);
  return async (url, init) => {
    const { fetch, dispatcher } = await loading;
    return fetch(url, { ...init, dispatcher });
  };
}
