import { waitByRetryAfter } from '../../lib/http/retry-after.ts';
import type { SendOutcome } from '../../services/ports/message-channel.ts';

/** How long to wait when a receiver is asked too often and does not say, ms. */
const defaultWaitMs = 30_000;

type Answer = Pick<Response, 'status'> & { headers: Pick<Headers, 'get'> };

/** What a receiver's answer says of the message. `now`: epoch ms. Nothing of its address is in a detail. */
export function readAnswer(
  { status, headers }: Answer,
  { topic, deliveryId, now }: { topic: string; deliveryId: string; now: number },
): SendOutcome {
  if (status >= 200 && status < 300) return { result: 'sent', messageId: deliveryId, channelId: topic };
  if (status === 429) {
    const retryAfterMs = waitByRetryAfter(headers.get('retry-after'), { now, otherwiseMs: defaultWaitMs });
    return { result: 'rate-limited', retryAfterMs };
  }
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
