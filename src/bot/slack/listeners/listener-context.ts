import type { BlockAction, ViewSubmitAction } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { Ctx, Services } from '../../../services/kernel/context.ts';
import { ctxOfRequest } from '../../requests/ctx-of-request.ts';
import type { RequestStore } from '../../requests/keep-request.ts';
import type { CommandNames } from '../render/command-names.ts';

/** What every listener works with. */
export interface ListenerContext {
  services: Services;
  /** For modals, which a trigger opens within three seconds. Never tries twice. */
  interactive: WebClient;
  /** The workspace that this process serves; requests from any other are refused. */
  teamId: string;
  /** The organization of that workspace, in Enterprise Grid. */
  enterpriseId?: string | undefined;
  commandNames: CommandNames;
  /** Where requests are kept that are acknowledged without their answer. */
  lateRequests: RequestStore;
}

/** Who acted, as Slack signed it. */
export interface SlackIdentity {
  userId: string;
  userName: string;
  teamId: string | undefined;
  /** The same for every delivery of one action: its trigger. Without one, no delivery is known as a repeat. */
  requestId: string | undefined;
}

/** The workspace of whoever clicked or submitted, which in a shared channel need not be that of the channel. */
export function teamOf({ user, team }: Pick<BlockAction | ViewSubmitAction, 'user' | 'team'>) {
  return user.team_id ?? team?.id;
}

/**
 * The services on behalf of the person whom Slack vouches for.
 * @throws OtherWorkspaceError when they act in another workspace, after the refusal is in the audit trail.
 */
export function ctxOf(context: ListenerContext, identity: SlackIdentity): Promise<Ctx> {
  const { userId, userName: name, teamId: workspaceId = 'unknown', requestId } = identity;
  const request = { account: { platform: 'slack', id: userId }, name, workspaceId, requestId };
  return ctxOfRequest(context.services, request, () => worksHere(context, identity));
}

/**
 * Whether somebody is of the workspace that is served. In Enterprise Grid a person is of several, and Slack may name
 * any of them with what they do; only Slack can say then. In a shared channel there are people of other organizations.
 */
async function worksHere(
  { interactive, teamId, enterpriseId }: ListenerContext,
  identity: SlackIdentity,
): Promise<boolean> {
  if (identity.teamId === teamId) return true;
  if (enterpriseId === undefined || identity.teamId === undefined) return false;
  const { user } = await interactive.users.info({ user: identity.userId });
  const { enterprise_id: organization, teams = [] } = user?.enterprise_user ?? {};
  return organization === enterpriseId && teams.includes(teamId);
}
