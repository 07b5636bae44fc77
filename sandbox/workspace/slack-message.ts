import type { Reaction } from '../control-api.ts';
import type { Directory } from './directory.ts';
import type { MessageBook } from './message-book.ts';
import type { JsonObject, StoredMessage } from './stored.ts';

/** A message as the Web API, events and payloads show it to the app. `allMetadata`: payloads too. */
export function slackMessage(
  message: StoredMessage,
  { directory, messages }: { directory: Directory; messages: MessageBook },
  allMetadata = false,
): JsonObject {
  const { seed } = directory;
  const replies = messages.replies(message.channel, message.ts);
  const replyUsers = [...new Set(replies.map((reply) => reply.user))];
  return {
    type: 'message',
    ...(message.deleted ? { subtype: 'tombstone', hidden: true } : {}),
    user: message.deleted ? 'USLACKBOT' : message.user,
    ts: message.ts,
    ...(message.fromApp && !message.deleted
      ? { bot_id: seed.app.botId, app_id: seed.app.id, bot_profile: botProfile(directory) }
      : {}),
    text: message.text,
    team: seed.team.id,
    ...(message.blocks ? { blocks: message.blocks } : {}),
    ...(message.editedTs ? { edited: { user: message.user, ts: message.editedTs } } : {}),
    ...(message.metadata ? { metadata: shownMetadata(message.metadata, allMetadata) } : {}),
    ...(message.reactions ? { reactions: message.reactions.map(slackReaction) } : {}),
    ...(message.threadTs ? { thread_ts: message.threadTs } : {}),
    ...(replies.length > 0
      ? {
          thread_ts: message.ts,
          reply_count: replies.length,
          reply_users_count: replyUsers.length,
          reply_users: replyUsers,
          latest_reply: replies.at(-1)?.ts,
          is_locked: false,
          subscribed: false,
        }
      : {}),
  };
}

function slackReaction({ name, people }: Reaction): JsonObject {
  return { name, users: people, count: people.length };
}

function shownMetadata(metadata: NonNullable<StoredMessage['metadata']>, all: boolean): JsonObject {
  return all ? { ...metadata } : { event_type: metadata.event_type };
}

function botProfile({ seed }: Directory): JsonObject {
  return {
    id: seed.app.botId,
    app_id: seed.app.id,
    name: seed.app.botName,
    team_id: seed.team.id,
    deleted: false,
  };
}
