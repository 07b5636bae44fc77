import type { PostedMessage } from '../../../core/address/posted-message.ts';

const threadMark = ';messageid=';

/** The thread below the first message of a channel. */
export function threadOf({ channelId, messageId }: PostedMessage): string {
  return channelId.includes(threadMark) ? channelId : `${channelId}${threadMark}${messageId}`;
}

/** A conversation's channel, and the first message of its thread; null where it is none. */
export function readConversationId(id: string): { channelId: string; rootId: string | null } {
  const [channelId = id, rootId = null] = id.split(threadMark);
  return { channelId, rootId };
}

/** Whether a conversation is in a channel of a team, rather than a chat. */
export function isInChannel(conversationId: string): boolean {
  return /^19:.+@thread\.(tacv2|skype)/.test(conversationId);
}
