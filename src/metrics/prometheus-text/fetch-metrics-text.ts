import { createFetch, type Fetch } from '../../lib/http/create-fetch.ts';

/** Fetches one page of metrics; rejects with a reason that can be shown. */
export type FetchMetricsText = () => Promise<string>;

/**
 * Makes the function that fetches `url`, and nothing but `url`: a redirect is a failure, since following
 * it would read another host than the one that was configured. The body may have at most `maxBytes`
 * after decompression, and the whole must be there within `timeoutMs`.
 */
export function createMetricsFetcher(options: {
  url: string;
  timeoutMs: number;
  maxBytes: number;
}): FetchMetricsText {
  const fetch = createFetch({ maxBytes: options.maxBytes, timeoutMs: options.timeoutMs });
  return async () => {
    try {
      return await fetchText({ ...options, fetch });
    } catch (error) {
      throw new Error(describeFailure(error, options));
    }
  };
}

async function fetchText(request: {
  url: string;
  timeoutMs: number;
  maxBytes: number;
  fetch: Fetch;
}): Promise<string> {
  const response = await request.fetch(request.url, {
    headers: { accept: 'text/plain;version=0.0.4', 'accept-encoding': 'identity' },
  });
  if (response.status === 200) return await readText(response.body, request.maxBytes);
  await response.body?.cancel();
  throw new HttpStatusError(response.status);
}

class HttpStatusError extends Error {
  constructor(status: number) {
    super(status >= 300 && status < 400 ? `it redirects (HTTP ${status})` : `HTTP ${status}`);
  }
}

class BodyTooLargeError extends Error {}

/** Counts what was decoded: a server may compress although it was asked not to. */
async function readText(body: AsyncIterable<Uint8Array> | null, maxBytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.byteLength;
    if (size > maxBytes) throw new BodyTooLargeError();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function describeFailure(error: unknown, limits: { timeoutMs: number; maxBytes: number }): string {
  if (error instanceof HttpStatusError) return error.message;
  const codes = errorChain(error).map((link) => ('code' in link ? link.code : undefined));
  if (error instanceof BodyTooLargeError || codes.includes('UND_ERR_RES_EXCEEDED_MAX_SIZE')) {
    return `the page is larger than ${limits.maxBytes} bytes`;
  }
  if (errorChain(error).some((link) => link.name === 'TimeoutError')) {
    return `no answer within ${limits.timeoutMs / 1000} s`;
  }
  const code = codes.find((each) => typeof each === 'string');
  return `unreachable${code === undefined ? '' : ` (${code})`}`;
}

function errorChain(error: unknown): Error[] {
  return error instanceof Error ? [error, ...errorChain(error.cause)] : [];
}
