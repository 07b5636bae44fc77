import { deleteAsApp, editAsApp, postAsApp } from '../app-messages.ts';
import { readContent, readMetadata } from '../content.ts';
import type { Core } from '../core.ts';
import type { Conversation } from '../directory.ts';
import { isReply } from '../message-book.ts';
import { RateLimited, SlackRefusal } from '../refusal.ts';
import { slackMessage } from '../slack-message.ts';
import type { JsonObject, StoredMessage } from '../stored.ts';
import {
  type Call,
  conversationArg,
  flagArg,
  type Method,
  requiredText,
  requireLiving,
  requireMembership,
  textArg,
  tier,
} from './method.ts';

/** `chat.update` takes no longer texts. */
const UPDATE_TEXT_LIMIT = 4_000;

/** A person's id stands for the direct messages with them. */
function destination(call: Call): Conversation {
  const { core, args } = call;
  const person = core.directory.person(requiredText(args, 'channel'));
  if (!person) return conversationArg(call);
  const { id } = core.directory.openDirect(person.id).direct;
  return conversationArg({ ...call, args: { ...args, channel: id } });
}

function requirePosting({ core }: Call, conversation: Conversation): void {
  requireLiving(conversation);
  if (!core.options.scopes.includes('chat:write.public')) requireMembership(conversation);
}

/** The thread that a message goes to: its first message must be there, and not be a reply itself. */
function threadArg({ core, args }: Call, channel: string): string | undefined {
  const threadTs = textArg(args, 'thread_ts');
  if (threadTs === undefined) return undefined;
  const root = core.messages.find(channel, threadTs);
  if (!root || isReply(root) || root.onlyFor !== undefined) throw new SlackRefusal('cannot_reply_to_message');
  return threadTs;
}

function waitForChannel(core: Core, channel: string): void {
  const seconds = core.limits.admitPost(channel);
  if (seconds > 0) throw new RateLimited(seconds);
}

function postMessage(call: Call): JsonObject {
  const { core, args } = call;
  const conversation = destination(call);
  requirePosting(call, conversation);
  const content = readContent(args, core.directory);
  const metadata = readMetadata(args.metadata);
  const threadTs = threadArg(call, conversation.id);
  waitForChannel(core, conversation.id);
  const broadcast = flagArg(args, 'reply_broadcast') && threadTs !== undefined;
  const message = postAsApp(core, { conversation, content, metadata, threadTs, broadcast });
  return { channel: conversation.id, ts: message.ts, message: slackMessage(message, core, true) };
}

/** The app's own message of `channel` and `ts`. */
function ownMessage(call: Call, refusal: string): StoredMessage {
  const { core, args } = call;
  const conversation = conversationArg(call);
  requireLiving(conversation);
  const message = core.messages.find(conversation.id, requiredText(args, 'ts'));
  if (!message || message.onlyFor !== undefined) throw new SlackRefusal('message_not_found');
  if (!message.fromApp) throw new SlackRefusal(refusal);
  return message;
}

function update(call: Call): JsonObject {
  const { core, args } = call;
  const message = ownMessage(call, 'cant_update_message');
  if (typeof args.text === 'string' && args.text.length > UPDATE_TEXT_LIMIT)
    throw new SlackRefusal('msg_too_long');
  const content = readContent(args, core.directory);
  const edited = editAsApp(core, message, content, readMetadata(args.metadata));
  const shown = slackMessage(edited, core, true);
  return { channel: edited.channel, ts: edited.ts, text: edited.text, message: shown };
}

function remove(call: Call): JsonObject {
  const message = ownMessage(call, 'cant_delete_message');
  deleteAsApp(call.core, message);
  return { channel: message.channel, ts: message.ts };
}

function postEphemeral(call: Call): JsonObject {
  const { core, args } = call;
  const conversation = conversationArg(call);
  const personId = requiredText(args, 'user');
  requireLiving(conversation);
  requireMembership(conversation);
  if (!core.directory.person(personId) || !core.directory.members(conversation).includes(personId)) {
    throw new SlackRefusal('user_not_in_channel');
  }
  const content = readContent(args, core.directory);
  const threadTs = threadArg(call, conversation.id);
  const message = postAsApp(core, { conversation, content, threadTs, onlyFor: personId });
  return { message_ts: message.ts };
}

function getPermalink(call: Call): JsonObject {
  const { core, args } = call;
  const { id } = conversationArg(call);
  const message = core.messages.find(id, requiredText(args, 'message_ts'));
  if (!message || message.onlyFor !== undefined) throw new SlackRefusal('message_not_found');
  const { threadTs, ts } = message;
  const inThread = threadTs && threadTs !== ts ? `?thread_ts=${threadTs}&cid=${id}` : '';
  return { channel: id, permalink: `${core.baseUrl()}/archives/${id}/p${ts.replace('.', '')}${inThread}` };
}

const write = { token: 'bot', scope: 'chat:write' } as const;

/**
 * `chat.postMessage` is limited by channel and by workspace instead of by a tier; the figure here only
 * keeps failing calls in check.
 */
export const chatMethods: Record<string, Method> = {
  'chat.postMessage': { ...write, perMinute: 600, run: postMessage },
  'chat.update': { ...write, perMinute: tier[3], run: update },
  'chat.delete': { ...write, perMinute: tier[3], run: remove },
  'chat.postEphemeral': { ...write, perMinute: tier[4], run: postEphemeral },
  'chat.getPermalink': { token: 'bot', perMinute: 600, run: getPermalink },
};
