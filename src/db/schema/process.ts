import { pgTable, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

/** When each process last found that it can write. */
export const processes = pgTable('processes', {
  id: uuid().primaryKey(),
  seenAt: instant().notNull(),
});
