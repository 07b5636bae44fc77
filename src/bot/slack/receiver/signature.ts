import { createHmac, timingSafeEqual } from 'node:crypto';

/** Slack's own bound against replay; in the future only as far as clocks may differ. */
const oldestSeconds = 5 * 60;
const futureSeconds = 60;

export interface SignedRequest {
  secret: string;
  /** The headers `x-slack-signature` and `x-slack-request-timestamp` as they came. */
  signature: unknown;
  timestamp: unknown;
  body: Buffer;
  /** Epoch ms of this machine. */
  nowMs: number;
}

/** Whether Slack signed this very body, and lately. Compares in constant time. */
export function isSignedBySlack({ secret, signature, timestamp, body, nowMs }: SignedRequest): boolean {
  if (typeof signature !== 'string' || typeof timestamp !== 'string') return false;
  if (!/^\d{1,12}$/.test(timestamp) || !/^v0=[0-9a-f]{64}$/.test(signature)) return false;
  const age = nowMs / 1000 - Number(timestamp);
  if (age > oldestSeconds || age < -futureSeconds) return false;
  const expected = createHmac('sha256', secret).update(`v0:${timestamp}:`).update(body).digest();
  return timingSafeEqual(expected, Buffer.from(signature.slice(3), 'hex'));
}
