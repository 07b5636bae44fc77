import { jsonOf } from '../../../core/audit/read-details.ts';
import { permissions } from '../../../db/schema/permissions.ts';
import { recordedPermissions } from '../../permissions/recorded-permissions.ts';
import type { TrailComparison } from './comparison.ts';

/** The rights that the organization has set, in the workspace's chain. */
export const permissionComparison: TrailComparison = {
  what: 'the set of rights',
  about: ['permissions.'],
  apply: (things, { action, at, details }) => {
    if (action !== 'permissions.changed') return [];
    const id = 'in force';
    things.set(id, {
      capabilities: jsonOf(details.capabilities),
      roles: jsonOf(details.roles),
      secondPerson: jsonOf(details.secondPerson),
      changedAt: at,
    });
    return [id];
  },
  rows: async (db) => {
    const [row] = await db.select().from(permissions);
    if (!row) return new Map();
    const changedAt = row.changedAt.toISOString();
    return new Map([['in force', { ...recordedPermissions(row.permissions), changedAt }]]);
  },
};
