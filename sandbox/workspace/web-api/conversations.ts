import type { Core } from '../core.ts';
import type { Conversation } from '../directory.ts';
import { SlackRefusal } from '../refusal.ts';
import { slackMessage } from '../slack-message.ts';
import type { JsonObject, StoredMessage } from '../stored.ts';
import { parseTs } from '../timestamps.ts';
import {
  type Call,
  conversationArg,
  flagArg,
  limitArg,
  type Method,
  page,
  requiredText,
  requireFor,
  requireMembership,
  textArg,
  tier,
} from './method.ts';

const KINDS: Record<string, string> = {
  public_channel: 'channels:read',
  private_channel: 'groups:read',
  mpim: 'mpim:read',
  im: 'im:read',
};

function shown(core: Core, conversation: Conversation): JsonObject {
  const team = core.directory.seed.team.id;
  const shared = { id: conversation.id, created: 1_700_000_000, context_team_id: team, is_org_shared: false };
  if (conversation.kind === 'direct') {
    return {
      ...shared,
      is_im: true,
      user: conversation.personId,
      is_archived: false,
      is_user_deleted: false,
      priority: 0,
    };
  }
  return {
    ...shared,
    name: conversation.name,
    name_normalized: conversation.name,
    is_channel: true,
    is_group: false,
    is_im: false,
    is_mpim: false,
    is_private: false,
    is_archived: conversation.archived,
    is_general: conversation.name === 'general',
    is_member: conversation.bot,
    topic: { value: conversation.topic, creator: '', last_set: 0 },
    purpose: { value: '', creator: '', last_set: 0 },
    num_members: core.directory.members(conversation).length,
  };
}

/** The conversations of the kinds asked for, each of which has its scope. */
function conversationsOfKinds({ core, args, requireScope }: Call): Conversation[] {
  const kinds = (textArg(args, 'types') ?? 'public_channel').split(',').map((kind) => kind.trim());
  for (const kind of kinds) {
    const scope = KINDS[kind];
    if (scope === undefined) throw new SlackRefusal('invalid_types');
    requireScope(scope);
  }
  const all = [
    ...(kinds.includes('public_channel') ? core.directory.conversations('channel') : []),
    ...(kinds.includes('im') ? core.directory.conversations('direct') : []),
  ];
  return all.filter(
    (each) => !(flagArg(args, 'exclude_archived') && each.kind === 'channel' && each.archived),
  );
}

function listConversations(call: Call): JsonObject {
  const { core, args } = call;
  const { items, nextCursor } = page(args, conversationsOfKinds(call), limitArg(args, 100, 1000));
  return { channels: items.map((each) => shown(core, each)), response_metadata: { next_cursor: nextCursor } };
}

/** Of the bot itself, or of a person: whose direct messages are those with the bot. Without members' counts. */
function conversationsOf(call: Call): JsonObject {
  const { core, args } = call;
  const { botUserId } = core.directory.seed.app;
  const user = textArg(args, 'user') ?? botUserId;
  if (user !== botUserId && !core.directory.person(user)) throw new SlackRefusal('user_not_found');
  const joined = conversationsOfKinds(call).filter((each) => core.directory.members(each).includes(user));
  const { items, nextCursor } = page(args, joined, limitArg(args, 100, 999));
  const channels = items.map((each) => {
    const { is_member: _, num_members: __, ...facts } = shown(core, each);
    return facts;
  });
  return { channels, response_metadata: { next_cursor: nextCursor } };
}

function info(call: Call): JsonObject {
  const conversation = conversationArg(call);
  requireFor(call, conversation, 'read');
  return { channel: shown(call.core, conversation) };
}

function members(call: Call): JsonObject {
  const { core, args } = call;
  const conversation = conversationArg(call);
  requireFor(call, conversation, 'read');
  const { items, nextCursor } = page(args, core.directory.members(conversation), limitArg(args, 100, 1000));
  return { members: items, response_metadata: { next_cursor: nextCursor } };
}

/** Keeps messages between `oldest` and `latest`; the bounds themselves with `inclusive`. */
function withinBounds(args: JsonObject, messages: StoredMessage[]): StoredMessage[] {
  const oldest = boundArg(args, 'oldest');
  const latest = boundArg(args, 'latest');
  const inclusive = flagArg(args, 'inclusive');
  return messages.filter(({ ts }) => {
    const at = parseTs(ts) ?? 0;
    if (inclusive && (at === oldest || at === latest)) return true;
    return (oldest === null || at > oldest) && (latest === null || at < latest);
  });
}

function boundArg(args: JsonObject, name: 'oldest' | 'latest'): number | null {
  const text = textArg(args, name);
  if (text === undefined) return null;
  const micros = parseTs(text);
  if (micros === null) throw new SlackRefusal(`invalid_ts_${name}`);
  return micros;
}

function answerPage(call: Call, messages: StoredMessage[], limit: number): JsonObject {
  const { core, args } = call;
  const { items, nextCursor } = page(args, messages, limit);
  const allMetadata = flagArg(args, 'include_all_metadata');
  return {
    messages: items.map((message) => slackMessage(message, core, allMetadata)),
    has_more: nextCursor !== '',
    ...(nextCursor ? { response_metadata: { next_cursor: nextCursor } } : {}),
  };
}

function readable(call: Call): Conversation {
  const conversation = conversationArg(call);
  requireFor(call, conversation, 'history');
  requireMembership(conversation);
  return conversation;
}

function history(call: Call): JsonObject {
  const { id } = readable(call);
  const all = call.core.messages.inChannel(id).filter((message) => message.onlyFor === undefined);
  const newestFirst = withinBounds(call.args, all).reverse();
  return { ...answerPage(call, newestFirst, limitArg(call.args, 100, 999)), pin_count: 0 };
}

function replies(call: Call): JsonObject {
  const { core, args } = call;
  const { id } = readable(call);
  const ts = requiredText(args, 'ts');
  const root = core.messages.root(id, ts);
  const answers = core.messages.replies(id, ts);
  if (!root || root.onlyFor !== undefined || (root.deleted && answers.length === 0)) {
    throw new SlackRefusal('thread_not_found');
  }
  const bounded = withinBounds(args, answers);
  return answerPage(call, [root, ...bounded], limitArg(args, 1000, 1000));
}

function open({ core, args }: Call): JsonObject {
  const channel = textArg(args, 'channel');
  const users = textArg(args, 'users');
  if (channel === undefined && users === undefined) throw new SlackRefusal('users_list_not_supplied');
  const people = users?.split(',').map((id) => id.trim()) ?? [];
  if (people.length > 1) {
    throw SlackRefusal.explained('invalid_arguments', [
      '[ERROR] group direct messages are not supported here',
    ]);
  }
  const known = channel === undefined ? undefined : core.directory.conversation(channel);
  const personId = channel === undefined ? people[0] : known?.kind === 'direct' ? known.personId : undefined;
  if (channel !== undefined && personId === undefined) throw new SlackRefusal('channel_not_found');
  if (personId === core.directory.seed.app.botUserId) throw new SlackRefusal('cannot_dm_bot');
  const person = core.directory.person(personId ?? '');
  if (!person) throw new SlackRefusal('user_not_found');
  const { direct, isNew } = core.directory.openDirect(person.id);
  const conversation = core.directory.conversation(direct.id);
  const whole = conversation && flagArg(args, 'return_im') ? shown(core, conversation) : { id: direct.id };
  return { ...(isNew ? {} : { no_op: true, already_open: true }), channel: whole };
}

export const conversationMethods: Record<string, Method> = {
  'conversations.list': { token: 'bot', perMinute: tier[2], run: listConversations },
  'users.conversations': { token: 'bot', perMinute: tier[3], run: conversationsOf },
  'conversations.info': { token: 'bot', perMinute: tier[3], run: info },
  'conversations.members': { token: 'bot', perMinute: tier[4], run: members },
  'conversations.history': { token: 'bot', perMinute: tier[3], run: history },
  'conversations.replies': { token: 'bot', perMinute: tier[3], run: replies },
  'conversations.open': { token: 'bot', scope: 'im:write', perMinute: tier[3], run: open },
};
