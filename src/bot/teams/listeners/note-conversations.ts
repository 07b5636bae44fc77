import type { Activity } from 'botbuilder';
import { readConversationId } from '../client/conversation-id.ts';
import type { ConversationStore } from '../client/store.ts';
import { tenantOf } from './teams-context.ts';

/** What Teams adds to what happens in a team. */
interface TeamsData {
  team?: { id?: string; name?: string };
  channel?: { id?: string; name?: string };
  eventType?: string;
}

/** Teams tells how somebody or something is reached only with what happens there. */
export async function noteConversations(store: ConversationStore, activity: Activity): Promise<void> {
  const { from, conversation, serviceUrl } = activity;
  const { team, channel } = dataOf(activity);
  const place = { workspaceId: tenantOf(activity), serviceUrl };
  // A shortcut may be chosen where tminus is not, and a chat of two people is not a chat with it.
  const isElsewhere = activity.name?.startsWith('composeExtension/') ?? false;
  const isPersonal = conversation.conversationType === 'personal' && !isElsewhere;
  if (from?.aadObjectId) {
    await store.note({
      ...{ kind: 'person', id: from.aadObjectId, ...place, accountId: from.id },
      ...(from.name ? { name: from.name } : {}),
      ...(isPersonal ? { conversationId: conversation.id } : {}),
    });
  }
  if (isElsewhere) return;
  if (team?.id) {
    await store.note({
      ...{ kind: 'group', id: team.id, ...place, conversationId: team.id },
      ...(team.name ? { name: team.name } : {}),
    });
  }
  if (isPersonal) return;
  const { channelId: id } = readConversationId(channel?.id ?? conversation.id);
  await store.note({
    ...{ kind: 'channel', id, ...place, conversationId: id },
    ...(channel?.name ? { name: channel.name } : {}),
    ...(team?.id ? { parentId: team.id } : {}),
  });
}

/** Where tminus was added with this activity, and in which channel a team is greeted; null when it was not. */
export function readAddition(
  activity: Activity,
): { kind: 'person' | 'group'; id: string; channelId: string | null } | null {
  const { type, from, conversation, action = '' } = activity;
  if (type !== 'installationUpdate' || !action.startsWith('add')) return null;
  const { team } = dataOf(activity);
  // The id of a team is that of its first channel.
  if (team?.id) return { kind: 'group', id: team.id, channelId: team.id };
  if (conversation.conversationType !== 'personal' || !from?.aadObjectId) return null;
  return { kind: 'person', id: from.aadObjectId, channelId: null };
}

/** What tminus was removed from with this activity; null when it was not. */
export function readRemoval(activity: Activity): { kind: 'person' | 'channel' | 'group'; id: string } | null {
  const { type, from, conversation, recipient, membersRemoved = [], action } = activity;
  const { team, channel, eventType } = dataOf(activity);
  if (eventType === 'channelDeleted' && channel?.id) return { kind: 'channel', id: channel.id };
  const isTaken =
    (type === 'installationUpdate' && (action ?? '').startsWith('remove')) ||
    eventType === 'teamDeleted' ||
    (type === 'conversationUpdate' && membersRemoved.some(({ id }) => id === recipient?.id));
  if (!isTaken) return null;
  if (team?.id) return { kind: 'group', id: team.id };
  if (conversation.conversationType !== 'personal') return { kind: 'channel', id: conversation.id };
  return from?.aadObjectId ? { kind: 'person', id: from.aadObjectId } : null;
}

function dataOf({ channelData }: Activity): TeamsData {
  return (channelData ?? {}) as TeamsData;
}
