import type { WebClient } from '@slack/web-api';
import type { Actor, Ctx, Services } from '../../../services/context.ts';

/** What every listener works with. */
export interface ListenerContext {
  services: Services;
  /** For windows, which a trigger of three seconds opens. Never tries twice. */
  interactive: WebClient;
  /** The workspace this process serves; acts from any other are refused. */
  teamId: string;
}

/** Who acted, as Slack signed it. */
export interface SlackIdentity {
  userId: string;
  userName: string;
  teamId: string | undefined;
  /** The same for every delivery of one act: its trigger. */
  actId: string;
}

/** An act came from a workspace that this process does not serve. */
export class ForeignWorkspaceError extends Error {
  override name = 'ForeignWorkspaceError';
}

/** The services on behalf of the person whom Slack vouches for. */
export function ctxOf({ services, teamId }: ListenerContext, identity: SlackIdentity): Ctx {
  if (identity.teamId !== teamId) throw new ForeignWorkspaceError('an act came from another workspace');
  const actor: Actor = { kind: 'slack', userId: identity.userId, name: identity.userName };
  return { ...services, actor, idempotencyKey: `slack:${teamId}:${identity.actId}` };
}
