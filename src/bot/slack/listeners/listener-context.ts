import type { BlockAction, ViewSubmitAction } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { Ctx, Services } from '../../../services/kernel/context.ts';
import type { LateRequests } from '../../../services/kernel/late-requests.ts';
import { refuseOtherWorkspace } from '../../../services/kernel/refuse-other-workspace.ts';
import { identifyPerson } from '../../../services/people/identify-person.ts';
import { describeError } from '../client/log.ts';
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
  lateRequests: Pick<LateRequests, 'keep' | 'forget' | 'release'>;
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

/** A request came from a workspace that this process does not serve. */
export class OtherWorkspaceError extends Error {
  override name = 'OtherWorkspaceError';
}

/**
 * The services on behalf of the person whom Slack vouches for.
 * @throws OtherWorkspaceError when they act in another workspace, after the refusal is in the audit trail.
 */
export async function ctxOf(context: ListenerContext, identity: SlackIdentity): Promise<Ctx> {
  const { services } = context;
  const { userId, userName: name, teamId: workspaceId = 'unknown' } = identity;
  const account = { platform: 'slack', id: userId };
  const idempotencyKey = `slack:${workspaceId}:${identity.requestId || services.newId()}`;
  if (await worksHere(context, identity)) {
    const person = await identifyPerson(services, account, name);
    return { ...services, actor: { kind: 'person', ...person, identity: account, name }, idempotencyKey };
  }
  const actor = { kind: 'other-workspace' as const, workspaceId, identity: account, name };
  await refuseOtherWorkspace({ ctx: { ...services, actor, idempotencyKey }, input: {} }).catch(
    (error: unknown) =>
      // Nothing was done in any case, and the person hears so.
      services.log.error({ error: describeError(error) }, 'a refusal could not be recorded'),
  );
  throw new OtherWorkspaceError('a request came from another workspace');
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
