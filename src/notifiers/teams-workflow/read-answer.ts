import { waitByRetryAfter } from '../../lib/http/retry-after.ts';
import type { SendOutcome } from '../../services/ports/message-channel.ts';

/** How long to wait when a workflow is called too often and does not say, ms. */
const defaultWaitMs = 30_000;

type Answer = Pick<Response, 'status'> & { headers: Pick<Headers, 'get'> };

/**
 * What an answer of Power Automate says of the message. It answers before the workflow has run: `sent` means that the
 * call was accepted. `now`: epoch ms. Nothing of the address is in a detail.
 */
export function readAnswer(
  { status, headers }: Answer,
  posted: { name: string; deliveryId: string; now: number },
): SendOutcome {
  if (status >= 200 && status < 300) {
    const run = headers.get('x-ms-workflow-run-id');
    return { result: 'sent', messageId: run ?? posted.deliveryId, channelId: posted.name };
  }
  if (status === 429) {
    const wait = { now: posted.now, otherwiseMs: defaultWaitMs };
    return { result: 'rate-limited', retryAfterMs: waitByRetryAfter(headers.get('retry-after'), wait) };
  }
  const code = `http-${status}`;
  switch (status) {
    case 401:
    case 403:
    case 404:
    case 410: {
      const detail = `The workflow "${posted.name}" takes no calls (HTTP ${status}). See whether it is switched on, and whether its address is the one that is configured.`;
      return { result: 'closed', code, detail };
    }
    case 413:
      return { result: 'refused', code, detail: 'The message is too large for the workflow.' };
  }
  if (status >= 500 || status === 408) {
    return { result: 'unknown', detail: `The workflow "${posted.name}" answered with HTTP ${status}.` };
  }
  const detail = `The workflow "${posted.name}" refused the message (HTTP ${status}).`;
  return { result: 'refused', code, detail };
}
