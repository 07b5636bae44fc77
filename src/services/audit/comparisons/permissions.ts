import type { Json } from '../../../core/audit/canonical-json.ts';
import { permissions } from '../../../db/schema/permissions.ts';
import { recordedPermissions } from '../../permissions/recorded-permissions.ts';
import type { TrailComparison } from './comparison.ts';

/** The rights that the organization has set, in the workspace's chain. */
export const permissionComparison: TrailComparison = {
  what: 'the set of rights',
  apply: (things, { action, at, details }) => {
    if (action !== 'permissions.changed') return [];
    const id = 'in force';
    const { capabilities, roles } = details as { [name: string]: Json | undefined };
    things.set(id, { capabilities, roles, changedAt: at });
    return [id];
  },
  rows: async (db) => {
    const [row] = await db.select().from(permissions);
    if (!row) return new Map();
    const changedAt = row.changedAt.toISOString();
    return new Map([['in force', { ...recordedPermissions(row.permissions), changedAt }]]);
  },
};
