import type { TeamsCore } from '../core.ts';
import type { Conversation } from '../directory.ts';
import type { StoredPost } from '../stored.ts';
import { ConnectorRefusal } from './refusal.ts';

/** Where the app writes: a conversation, in a channel maybe one thread of it. */
export interface Place {
  conversation: Conversation;
  rootId?: string;
}

/** `19:…@thread.tacv2;messageid=…` → its parts. */
export function splitId(id: string): { plain: string; rootId?: string } {
  const [plain = '', rootId] = id.split(';messageid=');
  return rootId === undefined ? { plain } : { plain, rootId };
}

/** The conversation of an id. Throws a `ConnectorRefusal` where there is none, or the app is not in it. */
export function findPlace(core: TeamsCore, id: string): Place {
  const { plain, rootId } = splitId(id);
  const conversation = core.directory.conversation(plain);
  if (!conversation) throw ConnectorRefusal.noConversation(id);
  if (rootId !== undefined && (conversation.kind === 'personal' || !core.posts.root(plain, rootId)))
    throw ConnectorRefusal.noConversation(id);
  refuseWhereRemoved(core, conversation);
  return rootId === undefined ? { conversation } : { conversation, rootId };
}

export function refuseWhereRemoved(core: TeamsCore, conversation: Conversation): void {
  if (core.directory.installation(conversation).state === 'removed')
    throw new ConnectorRefusal(
      403,
      'BotNotInConversationRoster',
      'The bot is not part of the conversation roster.',
    );
}

/** Someone who blocked the bot is still there to be read of, and not written to. */
export function refuseWhereBlocked(core: TeamsCore, conversation: Conversation): void {
  if (core.directory.installation(conversation).state === 'blocked')
    throw new ConnectorRefusal(
      403,
      'MessageWritesBlocked',
      'Message writes are blocked for the conversation.',
    );
}

/** A message of the app's own, to be changed. */
export function findOwnPost(
  core: TeamsCore,
  { conversation, rootId }: Place,
  activityId: string,
): StoredPost {
  const post = core.posts.find(conversation.id, activityId);
  if (!post || (rootId !== undefined && (post.rootId ?? post.id) !== rootId))
    throw new ConnectorRefusal(
      404,
      'ActivityNotFoundInConversation',
      `There is no activity ${activityId} here.`,
    );
  if (post.from !== core.seed.app.botId)
    throw new ConnectorRefusal(403, 'BadArgument', 'The activity is not of this bot.');
  return post;
}
