import type { SendOutcome } from '../../services/ports/message-channel.ts';

/** How long to wait when a receiver is asked too often and does not say, ms. */
const defaultWaitMs = 30_000;
/** However long a receiver says, ms: a day. */
const maxWaitMs = 24 * 60 * 60_000;

type Answer = Pick<Response, 'status'> & { headers: Pick<Headers, 'get'> };

/** What a receiver's answer says of the message. `now`: epoch ms. Nothing of its address is in a detail. */
export function readAnswer(
  { status, headers }: Answer,
  { topic, deliveryId, now }: { topic: string; deliveryId: string; now: number },
): SendOutcome {
  if (status >= 200 && status < 300) return { result: 'sent', messageId: deliveryId, channelId: topic };
  if (status === 429)
    return { result: 'rate-limited', retryAfterMs: waitOf(headers.get('retry-after'), now) };
  const code = `http-${status}`;
  if (status >= 500 || status === 408) {
    return { result: 'unknown', detail: `The receiver "${topic}" answered with HTTP ${status}.` };
  }
  if ([401, 403, 404, 410].includes(status) || status < 400) {
    const detail = `The receiver "${topic}" takes no messages (HTTP ${status}). See whether its address and secret are those that are configured.`;
    return { result: 'closed', code, detail };
  }
  return { result: 'refused', code, detail: `The receiver "${topic}" refused the message (HTTP ${status}).` };
}

/** Seconds, or a date (RFC 9110, 10.2.3). */
function waitOf(retryAfter: string | null, now: number): number {
  if (retryAfter === null) return defaultWaitMs;
  const ms = /^\d+$/.test(retryAfter) ? Number(retryAfter) * 1_000 : Date.parse(retryAfter) - now;
  return Number.isFinite(ms) && ms > 0 ? Math.min(ms, maxWaitMs) : defaultWaitMs;
}
