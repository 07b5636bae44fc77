import type { RequestInit, Response } from 'undici';

export type BoundedFetch = (url: string | URL, init: Omit<RequestInit, 'dispatcher'>) => Promise<Response>;

/**
 * Makes a `fetch` whose answers have at most `maxResponseBytes`, as they come over the wire. No connection is
 * kept: requests are rare, and an idle one may be closed under the next. The library is loaded at the first
 * request, since it takes a tenth of the program's start.
 */
export function createBoundedFetch({ maxResponseBytes }: { maxResponseBytes: number }): BoundedFetch {
  const load = async () => {
    const { Agent, fetch } = await import('undici');
    return { fetch, dispatcher: new Agent({ pipelining: 0, maxResponseSize: maxResponseBytes }) };
  };
  let loading: ReturnType<typeof load> | undefined;
  return async (url, init) => {
    loading ??= load();
    const { fetch, dispatcher } = await loading;
    return fetch(url, { ...init, dispatcher });
  };
}
