import { loadPermissions } from '../../db/queries/permissions.ts';
import type { SecondPersonRequest } from '../../db/queries/requests.ts';
import type { Ctx } from '../kernel/context.ts';
import { findAct } from './acts.ts';
import type { Requester } from './request-act.ts';

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
  const identity = { platform: request.platform, id: request.platformId };
  const [facts, organizationRoles] = await Promise.all([
    act.prepare(ctx, request),
    loadPermissions(ctx.db).then((set) => ctx.findHeldRoles(request.personId, set)),
  ]);
  const { personId, personName: name } = request;
  const requester = { kind: 'person' as const, personId, isBackup: true, identity, name, organizationRoles };
  return { facts, requester };
}
