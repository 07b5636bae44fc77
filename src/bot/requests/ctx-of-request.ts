import type { Identity } from '../../core/people/identity.ts';
import { describeError } from '../../lib/describe-error.ts';
import type { Ctx, Services } from '../../services/kernel/context.ts';
import { refuseOtherWorkspace } from '../../services/kernel/refuse-other-workspace.ts';
import { identifyPerson } from '../../services/people/identify-person.ts';

/** A request came from a workspace that this process does not serve. */
export class OtherWorkspaceError extends Error {
  override name = 'OtherWorkspaceError';
}

/** Who asks, as the platform vouches for it. */
export interface VouchedRequest {
  account: Identity;
  /** What the platform calls them. */
  name: string;
  workspaceId: string;
  /** The same for every delivery of one request. Without one, no delivery is known as a repeat. */
  requestId: string | undefined;
}

/**
 * The services on behalf of the person whom a platform vouches for. `worksHere` says whether they are of the workspace
 * that is served.
 * @throws OtherWorkspaceError when they are not, after the refusal is in the audit trail.
 */
export async function ctxOfRequest(
  services: Services,
  { account, name, workspaceId, requestId }: VouchedRequest,
  worksHere: () => Promise<boolean> | boolean,
): Promise<Ctx> {
  const idempotencyKey = `${account.platform}:${workspaceId}:${requestId || services.newId()}`;
  if (await worksHere()) {
    const personId = await identifyPerson(services, account, name);
    return { ...services, actor: { kind: 'person', personId, identity: account, name }, idempotencyKey };
  }
  const actor = { kind: 'other-workspace' as const, workspaceId, identity: account, name };
  await refuseOtherWorkspace({ ctx: { ...services, actor, idempotencyKey }, input: {} }).catch(
    (error: unknown) =>
      // Nothing was done in any case, and the person hears so.
      services.log.error({ error: describeError(error) }, 'a refusal could not be recorded'),
  );
  throw new OtherWorkspaceError('a request came from another workspace');
}
