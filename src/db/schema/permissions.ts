import { boolean, jsonb, pgTable } from 'drizzle-orm/pg-core';
import type { Permissions } from '../../core/permissions/permissions.ts';
import { instant } from './columns.ts';

/** What the configuration of the process that started last says of rights; at most one row. Without it: the defaults. */
export const permissions = pgTable('permissions', {
  one: boolean().primaryKey().default(true),
  permissions: jsonb().$type<Permissions>().notNull(),
  changedAt: instant().notNull(),
});
