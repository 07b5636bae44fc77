import type { IncomingHttpHeaders } from 'node:http';

const LOCAL = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * Whether a request may be answered. A page of another site could reach this port through the browser:
 * such a request names a foreign `Origin`, or, after DNS rebinding, a foreign `Host`.
 */
export function isLocalRequest(headers: IncomingHttpHeaders): boolean {
  if (!isLocalHost(headers.host)) return false;
  const { origin } = headers;
  if (origin === undefined) return headers['sec-fetch-site'] !== 'cross-site';
  return URL.canParse(origin) && isLocalHost(new URL(origin).host) && new URL(origin).host === headers.host;
}

function isLocalHost(host: string | undefined): boolean {
  return host !== undefined && LOCAL.includes(host.replace(/:\d+$/, ''));
}
