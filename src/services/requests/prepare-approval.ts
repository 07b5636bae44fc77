import { loadRelease } from '../../db/queries/load-release.ts';
import { loadPermissions } from '../../db/queries/permissions.ts';
import type { SecondPersonRequest } from '../../db/queries/requests.ts';
import type { Ctx } from '../kernel/context.ts';
import { OrganizationRolesNeeded } from '../kernel/organization-roles.ts';
import { checkCapability } from '../kernel/permissions.ts';
import type { RequestAct, Requester } from '../kernel/request-act.ts';
import { findAct } from './acts.ts';

/** What was found out before the transaction: what the act needs, and who asked. */
export interface Prepared {
  facts: unknown;
  requester: Requester;
}

/** What an approval needs; null when there is nothing to approve, which is refused inside. */
export async function prepareApproval(
  ctx: Ctx,
  request: SecondPersonRequest | null,
): Promise<Prepared | null> {
  if (request?.state !== 'open') return null;
  const act = findAct(request.act);
  if (await isRefused(ctx, request, act)) return null;
  const identity = { platform: request.platform, id: request.platformId };
  const [facts, organizationRoles] = await Promise.all([
    act.prepare(ctx, request),
    loadPermissions(ctx.db).then((set) => ctx.findHeldRoles(request.personId, set)),
  ]);
  const { personId, personName: name } = request;
  const requester = { kind: 'person' as const, personId, isBackup: true, identity, name, organizationRoles };
  return { facts, requester };
}

/** Whether the actor plainly may not decide: nothing is read for them, and they are refused inside. */
async function isRefused(ctx: Ctx, { releaseId }: SecondPersonRequest, act: RequestAct): Promise<boolean> {
  if (!('decides' in act)) return false;
  const release = releaseId === null ? null : await loadRelease(ctx.db, { id: releaseId });
  if (!release) return true;
  try {
    return checkCapability(release, ctx.actor, act.decides) !== null;
  } catch (error) {
    // Their platform has to be asked first, which is done inside.
    if (error instanceof OrganizationRolesNeeded) return false;
    throw error;
  }
}
