import type { Core } from './core.ts';
import type { Acknowledgement } from './delivery/app-delivery.ts';
import type { Conversation } from './directory.ts';
import type { MessageChange } from './message-book.ts';
import { eventPayload } from './payloads.ts';
import { slackMessage } from './slack-message.ts';
import type { JsonObject, StoredMessage } from './stored.ts';
import { formatTs, microseconds } from './timestamps.ts';

/** Sends an event to the app if its manifest subscribes to `subscription`; null otherwise. */
export function sendEvent(
  core: Core,
  subscription: string,
  event: JsonObject,
): Promise<Acknowledgement> | null {
  if (!core.options.events.includes(subscription)) return null;
  const { seed } = core.directory;
  const payload = eventPayload(seed, core.options.clock.now(), event);
  return core.delivery.deliver({ kind: 'events_api', payload, acceptsResponse: false });
}

/** Tells the app of a message that it may read and subscribes to. Private ones are never told. */
export function sendMessageEvents(
  core: Core,
  conversation: Conversation,
  change: MessageChange,
  message: StoredMessage,
  before?: StoredMessage,
): Promise<Acknowledgement>[] {
  if (message.onlyFor !== undefined) return [];
  if (conversation.kind === 'channel' && !conversation.bot) return [];
  const direct = conversation.kind === 'direct';
  const where = {
    channel: message.channel,
    channel_type: direct ? 'im' : 'channel',
    event_ts: formatTs(microseconds(core.options.clock.now())),
  };
  const body = slackMessage(message, core);
  const sent = [
    sendEvent(core, direct ? 'message.im' : 'message.channels', {
      ...messageEvent(core, change, body, message, before),
      ...where,
    }),
  ];
  const { botUserId } = core.directory.seed.app;
  if (change === 'posted' && !direct && message.text.includes(`<@${botUserId}>`)) {
    sent.push(sendEvent(core, 'app_mention', { ...body, type: 'app_mention', ...where }));
  }
  return sent.filter((each) => each !== null);
}

function messageEvent(
  core: Core,
  change: MessageChange,
  body: JsonObject,
  message: StoredMessage,
  before?: StoredMessage,
): JsonObject {
  if (change === 'posted') return body;
  const previous = before ? { previous_message: slackMessage(before, core) } : {};
  const ts = formatTs(microseconds(core.options.clock.now()));
  if (change === 'changed')
    return { type: 'message', subtype: 'message_changed', hidden: true, ts, message: body, ...previous };
  return {
    type: 'message',
    subtype: 'message_deleted',
    hidden: true,
    ts,
    deleted_ts: message.ts,
    ...previous,
  };
}
