import { sendMessageEvents } from './app-events.ts';
import type { Content } from './content.ts';
import type { Core } from './core.ts';
import type { Conversation } from './directory.ts';
import type { MessageMetadata, StoredMessage } from './stored.ts';

export interface AppPost {
  conversation: Conversation;
  content: Content;
  metadata?: MessageMetadata | null | undefined;
  threadTs?: string | undefined;
  broadcast?: boolean;
  onlyFor?: string;
}

/** Posts as the app, and tells whom it concerns. */
export function postAsApp(core: Core, post: AppPost): StoredMessage {
  const { conversation, content, metadata, threadTs, broadcast, onlyFor } = post;
  const message = core.messages.post({
    channel: conversation.id,
    user: core.directory.seed.app.botUserId,
    fromApp: true,
    ...content,
    ...(metadata ? { metadata } : {}),
    ...(threadTs ? { threadTs } : {}),
    ...(broadcast ? { broadcast } : {}),
    ...(onlyFor ? { onlyFor } : {}),
  });
  sendMessageEvents(core, conversation, 'posted', message);
  return message;
}

/** Edits the app's message. `metadata`: undefined keeps what is there, null takes it away. */
export function editAsApp(
  core: Core,
  message: StoredMessage,
  content: Content,
  metadata?: MessageMetadata | null,
): StoredMessage {
  const kept = metadata === undefined ? message.metadata : metadata;
  const edited = core.messages.edit(message, { ...content, ...(kept ? { metadata: kept } : {}) });
  const conversation = core.directory.conversation(message.channel);
  if (conversation) sendMessageEvents(core, conversation, 'changed', edited, message);
  return edited;
}

export function deleteAsApp(core: Core, message: StoredMessage): void {
  core.messages.remove(message);
  const conversation = core.directory.conversation(message.channel);
  if (conversation) sendMessageEvents(core, conversation, 'deleted', message, message);
}
