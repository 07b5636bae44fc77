import type { Activity } from 'botbuilder';
import type { Ctx, Services } from '../../../services/kernel/context.ts';
import type { DrawLiveCard } from '../../cards/draw-live-card.ts';
import type { Patience } from '../../requests/acknowledge-once-kept.ts';
import { ctxOfRequest } from '../../requests/ctx-of-request.ts';
import type { RequestStore } from '../../requests/keep-request.ts';
import type { TeamsPlatform } from '../client/platform.ts';
import type { ConversationStore } from '../client/store.ts';

/** What every listener works with. */
export interface TeamsContext {
  services: Services;
  platform: TeamsPlatform;
  store: ConversationStore;
  lateRequests: RequestStore;
  /** Whether somebody of this tenant is served. */
  isServed: (tenantId: string) => boolean;
  drawLiveCard: DrawLiveCard;
  /** Whether what was typed after a slash in a channel is answered there as well, to its writer alone. */
  targetedReplies: boolean;
  /** What goes on after its request was answered. */
  inProgress: Set<Promise<unknown>>;
}

/** Teams' dialogs wait five seconds, its cards a little longer. */
export const patience: Patience = {
  keepAfterMs: 3_000,
  acknowledgeAfterMs: 4_000,
  acknowledgeWithinMs: 4_500,
};

/** Who acted, where, and with which request: as much of an activity as is kept. */
export interface Asked {
  userId: string;
  userName: string;
  tenantId: string;
  activityId: string;
  conversationId: string;
  /** The message that was acted upon. */
  replyToId: string | null;
}

/** Null when Teams does not say who it was. */
export function readAsked(activity: Activity): Asked | null {
  const { from, conversation, id: activityId = '', replyToId } = activity;
  const userId = from?.aadObjectId;
  if (!userId || !conversation?.id) return null;
  return {
    userId,
    userName: from.name || userId,
    tenantId: tenantOf(activity),
    activityId,
    conversationId: conversation.id,
    replyToId: replyToId ?? null,
  };
}

/** The tenant of whoever acts. */
export function tenantOf({ channelData, conversation }: Activity): string {
  const { tenant } = (channelData ?? {}) as { tenant?: { id?: unknown } };
  const named = typeof tenant?.id === 'string' ? tenant.id : conversation?.tenantId;
  return named ?? 'unknown';
}

/** The same for every delivery of one activity. Teams counts activities within a conversation. */
export function requestIdOf({ activityId, conversationId }: Asked): string {
  return activityId === '' ? '' : `${conversationId}:${activityId}`;
}

/** The services on behalf of the person whom Teams vouches for. @throws OtherWorkspaceError */
export function ctxOf({ services, isServed }: TeamsContext, asked: Asked): Promise<Ctx> {
  const { userId: id, userName: name, tenantId: workspaceId } = asked;
  const requestId = requestIdOf(asked);
  const request = { account: { platform: 'teams', id }, name, workspaceId, requestId };
  return ctxOfRequest(services, request, () => isServed(workspaceId));
}
