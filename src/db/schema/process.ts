import { pgTable, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

/** When each process was last seen: it wrote so, by the database's own clock. */
export const processes = pgTable('processes', {
  id: uuid().primaryKey(),
  seenAt: instant().notNull(),
});
