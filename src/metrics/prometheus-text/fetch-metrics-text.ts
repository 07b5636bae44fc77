import { errorChain } from '../../lib/error-chain.ts';
import { hasErrorCode } from '../../lib/error-code.ts';
import { authorization } from '../../lib/http/connection-settings.ts';
import { BodyTooLargeError, createFetch, type Fetch } from '../../lib/http/create-fetch.ts';
import { describeNoAnswer, describeStatus } from '../../lib/http/describe-no-answer.ts';
import { readTlsFiles } from '../../lib/http/read-tls-files.ts';
import type { PrometheusTextSettings } from './schema.ts';

/** Fetches one page of metrics; rejects with a reason that can be shown. */
export type FetchMetricsText = () => Promise<string>;

/**
 * Makes the function that fetches `url`, and nothing but `url`: a redirect is a failure, since following
 * it would read another host than the one that was configured, and show it the token. The body may have at most
 * `maxPageBytes` after decompression, and the whole must be there within `timeoutMs`.
 * @throws Error when a file of `tls` can't be read
 */
export function createMetricsFetcher(options: MetricsPageAddress): FetchMetricsText {
  const { url, maxPageBytes: maxBytes, timeoutMs } = options;
  const tls = options.tls && readTlsFiles(options.tls);
  const fetch = createFetch({ maxBytes, timeoutMs, ...(tls && { tls }) });
  const headers = {
    accept: 'text/plain;version=0.0.4',
    'accept-encoding': 'identity',
    ...(options.auth && { authorization: authorization(options.auth) }),
  };
  return async () => {
    try {
      return await fetchText({ url, headers, fetch });
    } catch (error) {
      throw new Error(describeFailure(error, { timeoutMs, maxBytes }));
    }
  };
}

/** Where the page is, how it is asked for, and how much of it is read. */
export type MetricsPageAddress = Pick<
  PrometheusTextSettings,
  'url' | 'timeoutMs' | 'maxPageBytes' | 'auth' | 'tls'
>;

async function fetchText(request: {
  url: string;
  headers: Record<string, string>;
  fetch: Fetch;
}): Promise<string> {
  const response = await request.fetch(request.url, { headers: request.headers });
  if (response.status === 200) return await response.text();
  await response.body?.cancel();
  throw new HttpStatusError(response.status);
}

class HttpStatusError extends Error {
  constructor(status: number) {
    super(describeStatus(status));
  }
}

function describeFailure(error: unknown, limits: { timeoutMs: number; maxBytes: number }): string {
  if (error instanceof HttpStatusError) return error.message;
  const chain = errorChain(error);
  const isTooLarge = (link: Error) =>
    link instanceof BodyTooLargeError || hasErrorCode(link, 'UND_ERR_RES_EXCEEDED_MAX_SIZE');
  if (chain.some(isTooLarge)) return `the page is larger than ${limits.maxBytes} bytes`;
  return describeNoAnswer(error, limits);
}
