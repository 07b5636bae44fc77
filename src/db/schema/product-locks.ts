import { sql } from 'drizzle-orm';
import { index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';
import { persons } from './people.ts';
import { releases } from './release.ts';

/** A product of which nothing goes live until somebody unlocks it: after a rollback, or because somebody said so. */
export const productLocks = pgTable(
  'product_locks',
  {
    id: uuid().primaryKey(),
    /** As the plan of the release has it. */
    product: text().notNull(),
    /** The release that was rolled back, or that was named. Its people may change and end the lock. */
    releaseId: uuid()
      .notNull()
      .references(() => releases.id),
    reason: text().notNull(),
    /** Who sees to it that it can be unlocked. */
    ownerId: uuid()
      .notNull()
      .references(() => persons.id),
    ownerName: text().notNull(),
    lockedAt: instant().notNull(),
    lockedByName: text().notNull(),
    /** Null: it is still locked. */
    endedAt: instant(),
    endedByName: text(),
  },
  (table) => [
    uniqueIndex('product_locks_one').on(sql`lower(${table.product})`).where(sql`${table.endedAt} is null`),
    index('product_locks_release').on(table.releaseId),
  ],
);
