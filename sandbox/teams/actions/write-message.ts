import type { ActionResult } from '../../control-api.ts';
import type { DeleteMessageAction, TeamsCommandAction, TeamsMessageAction } from '../../teams-control-api.ts';
import { ControlRefusal } from '../../workspace/actions/control-refusal.ts';
import { newSecret } from '../../workspace/ids.ts';
import { isObject, objectsOf } from '../../workspace/json.ts';
import type { JsonObject, StoredFile } from '../../workspace/stored.ts';
import { activityBase } from '../app/activity.ts';
import { deliverAct } from '../app/deliver-act.ts';
import { typedText } from '../app/markup.ts';
import type { TeamsCore } from '../core.ts';
import type { Conversation } from '../directory.ts';
import type { StoredPost } from '../stored.ts';
import { findConversationOf, findPerson, findPost } from './find.ts';

/** A person writes a message. */
export async function writeMessage(core: TeamsCore, action: TeamsMessageAction): Promise<ActionResult> {
  const { post, result } = await write(core, action);
  return { ...result, message: core.posts.view(post) };
}

/** A person types a command: with a mention in a channel, as it is in the personal chat. */
export async function typeCommand(core: TeamsCore, action: TeamsCommandAction): Promise<ActionResult> {
  const { command, text, ...rest } = action;
  const conversation = findConversationOf(core, findPerson(core, action.person), action.channel);
  const mention = conversation.kind === 'channel' ? `@${core.seed.app.name} ` : '';
  const line = `${mention}${command.replace(/^\//, '')} ${text}`.trim();
  const { post, result } = await write(core, { ...rest, text: line });
  const answer = answersTo(core, conversation, post).at(0);
  const answered = answer ? { message: core.posts.view(answer) } : {};
  return { ...result, ...answered, typed: core.posts.view(post) };
}

async function write(
  core: TeamsCore,
  action: TeamsMessageAction,
): Promise<{ post: StoredPost; result: ActionResult }> {
  const person = findPerson(core, action.person);
  const conversation = findConversationOf(core, person, action.channel);
  const rootId = action.threadTs;
  if (rootId !== undefined && (conversation.kind === 'personal' || !core.posts.root(conversation.id, rootId)))
    throw new ControlRefusal('not_found', `There is no message ${rootId} to answer.`);
  const { text, entities, notifies, mentionsBot } = typedText(action.text, core.seed);
  const files = (action.files ?? []).map((file) => ({ ...file, id: newSecret() }));
  if (text.trim() === '' && files.length === 0)
    throw new ControlRefusal('invalid_request', 'The message has neither words nor a file.');
  const post = core.posts.post({
    conversation: conversation.id,
    ...(files.length > 0 ? { files } : {}),
    from: person.id,
    text,
    textFormat: 'plain',
    entities,
    notifies,
    ...(rootId === undefined ? {} : { rootId }),
  });
  // In a channel the app hears what names it; where it is not installed, nothing.
  const heard = conversation.kind === 'personal' || mentionsBot;
  if (!heard || core.directory.installation(conversation).state === 'removed') {
    return { post, result: { status: 'acknowledged' } };
  }
  const { result } = await deliverAct(core, messageActivity(core, conversation, post), action);
  return { post, result };
}

/** A message as the app is told of it. */
function messageActivity(core: TeamsCore, conversation: Conversation, post: StoredPost): JsonObject {
  const isChannel = conversation.kind === 'channel';
  const person = findPerson(core, post.from);
  const place = { conversation, rootId: isChannel ? (post.rootId ?? post.id) : undefined };
  const base = activityBase(core, { person, place, id: post.id });
  return {
    ...base,
    type: 'message',
    text: post.text,
    textFormat: 'plain',
    entities: [...(post.entities ?? []), ...objectsOf(base.entities)],
    attachments: [
      ...(conversation.kind === 'personal' ? (post.files ?? []).map((file) => attachedFile(core, file)) : []),
      { contentType: 'text/html', content: `<p>${post.text}</p>` },
    ],
  };
}

/** In the chat with it, an app gets an address that opens the file for whoever has it. */
function attachedFile({ serviceUrl }: TeamsCore, { id, name }: StoredFile): JsonObject {
  const { origin } = new URL(serviceUrl());
  return {
    contentType: 'application/vnd.microsoft.teams.file.download.info',
    contentUrl: `https://example.sharepoint.com/personal/${encodeURIComponent(name)}`,
    name,
    content: {
      downloadUrl: `${origin}/teams/files/${id}`,
      uniqueId: id,
      fileType: name.slice(name.lastIndexOf('.') + 1),
    },
  };
}

/** What the app has posted since, where somebody who wrote this looks for an answer. */
function answersTo(core: TeamsCore, { kind, id }: Conversation, asked: StoredPost): StoredPost[] {
  const rootId = asked.rootId ?? asked.id;
  const there = kind === 'channel' ? core.posts.replies(id, rootId) : core.posts.roots(id);
  return there.filter((post) => post.from === core.seed.app.botId && Number(post.id) > Number(asked.id));
}

/** A person deletes a message of their own. The app is told of one that it had heard. */
export async function deleteMessage(core: TeamsCore, action: DeleteMessageAction): Promise<ActionResult> {
  const person = findPerson(core, action.person);
  const { conversation, post } = findPost(core, person, action.on);
  if (post.from !== person.id) throw new ControlRefusal('forbidden', "That message is somebody else's.");
  core.posts.remove(post);
  const heard =
    conversation.kind === 'personal' ||
    post.entities?.some(({ text }) => text === `<at>${core.seed.app.name}</at>`);
  if (!heard) return { status: 'acknowledged' };
  const activity = messageActivity(core, conversation, post);
  const { text: _text, attachments: _attachments, ...rest } = activity;
  const channelData = {
    ...(isObject(rest.channelData) ? rest.channelData : {}),
    eventType: 'softDeleteMessage',
  };
  return (await deliverAct(core, { ...rest, type: 'messageDelete', channelData }, {})).result;
}
