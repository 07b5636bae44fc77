import { command } from '../../core/card/card.ts';
import { type Line, line } from '../../core/card/line.ts';
import {
  describeOrganizationRoles,
  organizationRolesWith,
  type Permissions,
  rolesWith,
} from '../../core/permissions/permissions.ts';
import { isRoleName, roleTitle } from '../../core/plan/roles.ts';
import { holdsRoleUnderWay } from '../../db/queries/freezes.ts';
import { loadPermissions } from '../../db/queries/permissions.ts';
import { listWords } from '../../lib/list-words.ts';
import { askPlatform } from '../kernel/ask-platform.ts';
import type { Ctx } from '../kernel/context.ts';
import { refuseUnknown, rolesHeldBy } from '../kernel/permissions.ts';
import { done, type Result, refuse } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { checkCreation } from '../release/may-create-release.ts';

/** Who adds and ends freezes plans releases. Asked before the verb runs, since the platform is. */
export async function checkFreezeChange(ctx: Ctx): Promise<Result<null>> {
  const allowed = await askPlatform(ctx, () => checkCreation(ctx));
  if (allowed.ok || allowed.refusal.code !== 'not-permitted') return allowed;
  return { ok: false, refusal: { ...allowed.refusal, message: "You can't add or end freezes." } };
}

const capability = 'freeze.now';

/** Whoever may ask for a freeze at once, or agree to it: by a role in a release under way, or everywhere, or as a release creator. */
export async function checkFreezeNow(
  scope: Scope,
  creation: Result<null>,
): Promise<Result<{ personId: string }>> {
  const { actor } = scope.ctx;
  const permissions = await loadPermissions(scope.tx);
  const roles = releaseRoles(permissions);
  if (actor.kind === 'person') {
    const { personId } = actor;
    if (creation.ok || (await holdsRoleUnderWay(scope.tx, { personId, roles }))) return done({ personId });
    if (rolesHeldBy(actor, permissions, capability).length > 0) return done({ personId });
    const unknown = refuseUnknown(actor, { permissions }, capability);
    if (unknown) return { ok: false, refusal: unknown };
  }
  const creators: Line = creation.ok ? '' : (creation.refusal.who ?? '');
  const underWay = listWords(roles.map(roleTitle), 'or');
  const everywhere = describeOrganizationRoles(organizationRolesWith(permissions, capability));
  const named = [...(roles.length > 0 ? [`${underWay} of a release under way`] : []), ...everywhere];
  const who = named.length > 0 ? line`${listWords(named, 'or')}, or ${creators}` : creators;
  return refuse('not-permitted', "You can't freeze releases at once.", { who });
}

function releaseRoles(permissions: Permissions) {
  return rolesWith(permissions, capability).roles.filter(isRoleName);
}

/** Where to see all freezes. */
export const seeFreezes = command('release', 'freeze');

/** The same for what is only shown. */
export async function isAllowedToFreezeNow(ctx: Ctx): Promise<boolean> {
  const { actor, db } = ctx;
  if (actor.kind !== 'person') return false;
  const { personId } = actor;
  const permissions = await loadPermissions(db);
  if (await holdsRoleUnderWay(db, { personId, roles: releaseRoles(permissions) })) return true;
  const { held } = await ctx.findHeldRoles(personId, permissions);
  if (
    organizationRolesWith(permissions, capability).some(({ name }) => held.some((role) => role.name === name))
  )
    return true;
  return (await checkFreezeChange(ctx)).ok;
}
