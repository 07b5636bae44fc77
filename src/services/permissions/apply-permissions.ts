import * as z from 'zod';
import { canonicalJson } from '../../core/audit/canonical-json.ts';
import type { Permissions } from '../../core/permissions/permissions.ts';
import { loadPermissions } from '../../db/queries/permissions.ts';
import { permissions } from '../../db/schema/permissions.ts';
import { asSystem, type Ctx, type Services } from '../kernel/context.ts';
import { checkSystem } from '../kernel/permissions.ts';
import { done, type Result } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';
import { recordedPermissions } from './recorded-permissions.ts';

/**
 * Rights are what the configuration of a starting process says: from now on for all processes. A change is in the
 * workspace's trail. True: they have changed.
 */
export function applyPermissions(args: { ctx: Ctx; input: object }): Promise<Result<boolean>> {
  return runVerb({ name: 'permissions.apply', input: z.object({}), run: apply }, args);
}

/** At the start of a process. */
export async function applyConfiguredPermissions(services: Services): Promise<void> {
  const applied = await applyPermissions({ ctx: asSystem(services, 'start'), input: {} });
  if (!applied.ok) throw new Error('the permissions of the configuration were refused');
}

async function apply(scope: Scope): Promise<Result<boolean>> {
  const refusal = checkSystem(scope.ctx.actor);
  if (refusal) return { ok: false, refusal };
  const configured = scope.ctx.permissions;
  const changedAt = new Date(scope.now);
  if (isSame(await loadPermissions(scope.tx), configured)) return done(false);
  const row = { permissions: configured, changedAt };
  await scope.tx.insert(permissions).values(row).onConflictDoUpdate({ target: permissions.one, set: row });
  scope.audit({ action: 'permissions.changed', releaseId: null, details: recordedPermissions(configured) });
  return done(true);
}

function isSame(one: Permissions, other: Permissions): boolean {
  return canonicalJson(recordedPermissions(one)) === canonicalJson(recordedPermissions(other));
}
