import { defaultPermissions, type Permissions } from '../../core/permissions/permissions.ts';
import { permissions } from '../schema/permissions.ts';
import type { Queries } from '../transaction.ts';

/** What the organization says of rights; the defaults when it has said nothing. */
export async function loadPermissions(db: Queries): Promise<Permissions> {
  const [row] = await db.select({ set: permissions.permissions }).from(permissions).limit(1);
  return row?.set ?? defaultPermissions;
}
