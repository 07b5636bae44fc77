import type { Reaction } from '../control-api.ts';
import type { Directory } from './directory.ts';
import type { MessageBook } from './message-book.ts';
import type { JsonObject, StoredFile, StoredMessage } from './stored.ts';

/** A message as the Web API, events and payloads show it to the app. `allMetadata`: payloads too. */
export function slackMessage(
  message: StoredMessage,
  { directory, messages, baseUrl }: { directory: Directory; messages: MessageBook; baseUrl: () => string },
  allMetadata = false,
): JsonObject {
  const { seed } = directory;
  const replies = messages.replies(message.channel, message.ts);
  const replyUsers = [...new Set(replies.map((reply) => reply.user))];
  return {
    type: 'message',
    ...(message.deleted ? { subtype: 'tombstone', hidden: true } : {}),
    ...(message.files && !message.deleted ? { subtype: 'file_share' } : {}),
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
    ...(message.files && !message.deleted
      ? { files: message.files.map((file) => slackFile(file, seed.team.domain, baseUrl())) }
      : {}),
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

/** What is in it, an app gets with its token at `url_private_download`. */
export function slackFile({ id, name, text }: StoredFile, domain: string, baseUrl: string): JsonObject {
  return {
    id,
    name,
    title: name,
    mode: 'hosted',
    size: Buffer.byteLength(text),
    url_private: `${baseUrl}/files-pri/${id}/${encodeURIComponent(name)}`,
    url_private_download: `${baseUrl}/files-pri/${id}/download/${encodeURIComponent(name)}`,
    permalink: `https://${domain}.slack.com/files/${id}`,
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
