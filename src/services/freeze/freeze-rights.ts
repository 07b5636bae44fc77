import { command } from '../../core/card/card.ts';
import { type Line, line } from '../../core/card/line.ts';
import { releaseCapabilities } from '../../core/permissions/capabilities.ts';
import { roleTitle } from '../../core/plan/roles.ts';
import { holdsRoleUnderWay } from '../../db/queries/freezes.ts';
import { listWords } from '../../lib/list-words.ts';
import { askPlatform } from '../kernel/ask-platform.ts';
import type { Ctx } from '../kernel/context.ts';
import { done, type Result, refuse } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { checkCreation } from '../release/may-create-release.ts';

/** Who adds and ends freezes plans releases. Asked before the verb runs, since the platform is. */
export async function checkFreezeChange(ctx: Ctx): Promise<Result<null>> {
  const allowed = await askPlatform(ctx, () => checkCreation(ctx));
  if (allowed.ok || allowed.refusal.code !== 'not-permitted') return allowed;
  return { ok: false, refusal: { ...allowed.refusal, message: "You can't add or end freezes." } };
}

const { roles } = releaseCapabilities['freeze.now'];

/** Whoever may ask for a freeze at once, or agree to it: by a role in a release under way, or as a release creator. */
export async function checkFreezeNow(
  scope: Scope,
  creation: Result<null>,
): Promise<Result<{ personId: string }>> {
  const { actor } = scope.ctx;
  if (actor.kind === 'person') {
    const { personId } = actor;
    if (creation.ok || (await holdsRoleUnderWay(scope.tx, { personId, roles }))) return done({ personId });
  }
  const creators: Line = creation.ok ? '' : (creation.refusal.who ?? '');
  const who = line`${listWords(roles.map(roleTitle), 'or')} of a release under way, or ${creators}`;
  return refuse('not-permitted', "You can't freeze releases at once.", { who });
}

/** Where to see all freezes. */
export const seeFreezes = command('release', 'freeze');

/** The same for what is only shown. */
export async function isAllowedToFreezeNow(ctx: Ctx): Promise<boolean> {
  const { actor, db } = ctx;
  if (actor.kind !== 'person') return false;
  if (await holdsRoleUnderWay(db, { personId: actor.personId, roles })) return true;
  return (await checkFreezeChange(ctx)).ok;
}
