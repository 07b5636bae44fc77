import type { WebClient } from '@slack/web-api';
import type { Clock } from '../../../lib/clock.ts';
import { DeliveryLookupError } from '../../../services/ports/message-channel.ts';
import type { SlackLog } from './log.ts';
import { reportedOutcome } from './send-outcome.ts';

/** Marks a message as one of ours. Everybody in the workspace can read it: an opaque id and nothing else. */
export function deliveryMetadata(deliveryId: string) {
  return { event_type: deliveryEventType, event_payload: { delivery_id: deliveryId } };
}

const deliveryEventType = 'tminus_delivery';
const pageSize = 200;
/** 4,000 messages: about a minute of calls at the pace that Slack allows. */
const maxPages = 20;
/**
 * How far our clock may be ahead of Slack's, which stamps the messages. With less, the look-up of a host whose
 * clock is wrong would begin after the message, and it would be posted again. The price is pages of a busy
 * channel; when they are too many, it is not known whether the message is there.
 */
const skewMs = 24 * 60 * 60_000;
/** From this difference on the release clock is not the wall clock, and `since` says nothing about Slack's time. */
const sameClockMs = 1_000;

interface LookupOptions {
  client: WebClient;
  clock: Clock;
  log: SlackLog;
  /** Ids under which our own messages appear. */
  self: { botUserId: string; botId?: string; appId?: string };
  channelId: string;
  deliveryId: string;
  /** Epoch ms of the release clock. */
  since: number;
  /** The message below which it was posted. */
  threadId?: string | undefined;
}

type HistoryMessage = NonNullable<
  Awaited<ReturnType<WebClient['conversations']['history']>>['messages']
>[number];

/**
 * The `ts` of our message that carries `deliveryId`, or null when it is certainly not in the channel.
 * @throws DeliveryLookupError when Slack can't or won't say.
 */
export async function findDeliveredMessage(options: LookupOptions): Promise<string | null> {
  const oldest = oldestPossible(options.clock, options.since);
  let cursor: string | undefined;
  for (let page = 0; page < maxPages; page += 1) {
    const history = await readPage(options, oldest, cursor);
    const match = history.messages?.find((message) => isDelivery(message, options));
    if (match?.ts !== undefined) return match.ts;
    if (!history.has_more) return null;
    cursor = history.response_metadata?.next_cursor || undefined;
    if (cursor === undefined) break;
  }
  // What was not read may have it.
  throw new DeliveryLookupError(
    'too_far_back',
    'The messages that could be read do not reach back far enough.',
  );
}

/** Epoch seconds before which the message can't have been posted; 0 when that is not known. */
function oldestPossible(clock: Clock, since: number): number {
  if (Math.abs(clock.now() - clock.wall()) > sameClockMs) return 0;
  return Math.max(0, Math.floor((since - skewMs) / 1000));
}

async function readPage(
  { client, log, channelId, threadId }: LookupOptions,
  oldest: number,
  cursor: string | undefined,
) {
  try {
    const query = {
      channel: channelId,
      include_all_metadata: true,
      limit: pageSize,
      ...(oldest > 0 ? { oldest: String(oldest) } : {}),
      ...(cursor === undefined ? {} : { cursor }),
    };
    if (threadId === undefined) return await client.conversations.history(query);
    return await client.conversations.replies({ ...query, ts: threadId });
  } catch (error) {
    throw lookupError(error, log);
  }
}

/** The failure of any call that the look-up needs. */
export function lookupError(error: unknown, log: SlackLog): DeliveryLookupError {
  const outcome = reportedOutcome(error, log);
  if (outcome.result === 'rate-limited') {
    return new DeliveryLookupError('ratelimited', 'Slack asks to wait.', outcome.retryAfterMs);
  }
  return new DeliveryLookupError(
    outcome.result === 'refused' ? outcome.code : outcome.result,
    outcome.detail,
  );
}

/** Anybody may put metadata on a message, so it counts only on our own. */
function isDelivery(message: HistoryMessage, { self, deliveryId }: LookupOptions): boolean {
  const own =
    message.user === self.botUserId ||
    (self.botId !== undefined && message.bot_id === self.botId) ||
    (self.appId !== undefined && message.app_id === self.appId);
  const { event_type: type, event_payload: payload } = message.metadata ?? {};
  return own && type === deliveryEventType && Object(payload).delivery_id === deliveryId;
}
