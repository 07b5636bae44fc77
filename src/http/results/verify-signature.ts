import { createHmac, timingSafeEqual } from 'node:crypto';

/** So far may the clock of a sender be from ours, ms; a request that was caught is of no use for longer. */
export const maxSkewMs = 5 * 60_000;

export interface SignedRequest {
  /** Seconds since 1970, as the sender wrote them. */
  timestamp: string | undefined;
  /** `v1=` and a hash in hexadecimal digits. */
  signature: string | undefined;
  /** What follows the question mark; empty when nothing does. */
  query: string;
  body: Buffer;
}

/**
 * Whether a request was signed with one of some secrets, not long ago: HMAC-SHA256 over the timestamp, the query and the
 * body, with dots between them. `now`: epoch ms.
 */
export function isSigned(
  { timestamp, signature, query, body }: SignedRequest,
  { secrets, now }: { secrets: readonly string[]; now: number },
): boolean {
  if (timestamp === undefined || !/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(now - Number(timestamp) * 1000) > maxSkewMs) return false;
  const [, hash] = /^v1=([0-9a-f]{64})$/.exec(signature ?? '') ?? [];
  if (hash === undefined) return false;
  const given = Buffer.from(hash, 'hex');
  // All of them, so that the time it takes says nothing.
  const matches = secrets.map((secret) =>
    timingSafeEqual(
      createHmac('sha256', secret).update(`${timestamp}.${query}.`).update(body).digest(),
      given,
    ),
  );
  return matches.includes(true);
}
