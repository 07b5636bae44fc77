import { isObject, objectsOf, stringOf } from '../../workspace/json.ts';
import type { JsonObject } from '../../workspace/stored.ts';
import { readContent } from '../content.ts';
import type { TeamsCore } from '../core.ts';
import type { StoredPost } from '../stored.ts';
import type { ConnectorRequest, Operation } from './operation.ts';
import { findOwnPost, findPlace, type Place, refuseWhereBlocked, refuseWhereRemoved } from './place.ts';
import { ConnectorRefusal } from './refusal.ts';

/** Writing: begin a conversation, send, reply, edit, delete. */
export function writingOperations(core: TeamsCore) {
  const placeOf = (params: Record<string, string>) => findPlace(core, params.conversationId ?? '');
  const send = ({ params, query, body }: Pick<ConnectorRequest, 'params' | 'query' | 'body'>) => {
    const activity = bodyOf(body);
    const onlyFor = query.isTargetedActivity === 'true' ? recipientOf(core, activity) : undefined;
    const post = write(core, placeOf(params), activity, onlyFor);
    return post ? { id: post.id } : {};
  };
  return {
    create: {
      name: 'createConversation',
      limited: true,
      status: 201,
      run: ({ body }) => create(core, bodyOf(body)),
    },
    send: { name: 'sendToConversation', limited: true, status: 201, run: send },
    reply: { name: 'replyToActivity', limited: true, status: 201, run: send },
    update: {
      name: 'updateActivity',
      limited: true,
      run: ({ params, body }) => {
        const place = placeOf(params);
        refuseWhereBlocked(core, place.conversation);
        const post = findOwnPost(core, place, params.activityId ?? '');
        core.posts.edit(post, readContent(bodyOf(body), core.directory));
        return { id: post.id };
      },
    },
    remove: {
      name: 'deleteActivity',
      limited: true,
      run: ({ params }) => core.posts.remove(findOwnPost(core, placeOf(params), params.activityId ?? '')),
    },
  } satisfies Record<string, Operation>;
}

/** Stores a message of the app; null for what only shows that it types. */
function write(
  core: TeamsCore,
  { conversation, rootId }: Place,
  activity: JsonObject,
  onlyFor?: string,
): StoredPost | null {
  if (onlyFor !== undefined && conversation.kind === 'personal')
    throw ConnectorRefusal.badSyntax('There are no targeted messages in a personal chat');
  refuseWhereBlocked(core, conversation);
  if (activity.type === 'typing') return null;
  if (activity.type !== 'message')
    throw ConnectorRefusal.badSyntax(`A bot can't send an activity of type ${String(activity.type)}`);
  const content = readContent(activity, core.directory);
  return core.posts.post({
    conversation: conversation.id,
    from: core.seed.app.botId,
    ...content,
    ...(rootId === undefined ? {} : { rootId }),
    ...(onlyFor === undefined ? {} : { onlyFor }),
  });
}

/** Whom a targeted message is for: somebody who is in the conversation. */
function recipientOf(core: TeamsCore, { recipient }: JsonObject): string {
  const id = isObject(recipient) ? stringOf(recipient.id) : undefined;
  const person = core.directory.person(id ?? '');
  if (!person) throw ConnectorRefusal.badSyntax('A targeted message needs a recipient');
  return person.id;
}

/** A thread in a channel with its first message, or somebody's personal chat. */
function create(core: TeamsCore, body: JsonObject): JsonObject {
  const { channelData, activity } = body;
  const tenantId = stringOf(body.tenantId) ?? tenantOf(channelData);
  if (tenantId !== undefined && tenantId !== core.seed.tenantId)
    throw new ConnectorRefusal(403, 'Forbidden', `The app is not of the tenant ${tenantId}.`);
  const channel = isObject(channelData) && isObject(channelData.channel) ? channelData.channel.id : undefined;
  if (channel !== undefined) return createThread(core, String(channel), activity);
  return createPersonal(core, body, tenantId);
}

function createThread(core: TeamsCore, channelId: string, activity: unknown): JsonObject {
  const place = findPlace(core, channelId);
  if (place.conversation.kind !== 'channel' || place.rootId !== undefined)
    throw ConnectorRefusal.badSyntax(`${channelId} is not a channel`);
  if (!isObject(activity)) throw ConnectorRefusal.badSyntax('A thread begins with an activity');
  const post = write(core, place, activity);
  if (!post) throw ConnectorRefusal.badSyntax('A thread begins with a message');
  const id = `${place.conversation.id};messageid=${post.id}`;
  return { id, activityId: post.id };
}

function createPersonal(core: TeamsCore, body: JsonObject, tenantId: string | undefined): JsonObject {
  const members = objectsOf(body.members);
  const [member] = members;
  if (body.isGroup === true || members.length !== 1)
    throw ConnectorRefusal.badSyntax('Bots can begin a conversation with one person, or in a channel');
  if (tenantId === undefined) throw ConnectorRefusal.badSyntax('tenantId is missing');
  const person = core.directory.person(stringOf(member?.id) ?? '');
  if (!person) throw new ConnectorRefusal(403, 'Forbidden', `There is no user ${stringOf(member?.id)}.`);
  const conversation = core.directory.personal(person);
  refuseWhereRemoved(core, conversation);
  if (!isObject(body.activity)) return { id: conversation.id };
  const post = write(core, { conversation }, body.activity);
  return { id: conversation.id, ...(post ? { activityId: post.id } : {}) };
}

function tenantOf(channelData: unknown): string | undefined {
  return isObject(channelData) && isObject(channelData.tenant) ? stringOf(channelData.tenant.id) : undefined;
}

function bodyOf(body: unknown): JsonObject {
  if (!isObject(body)) throw ConnectorRefusal.badSyntax('The body must be a JSON object');
  return body;
}
