import { bigint, pgTable, primaryKey, uuid } from 'drizzle-orm/pg-core';
import { persons } from './people.ts';
import { releases } from './release.ts';

/** Up to which event of a release's chain somebody was told what has happened in it. */
export const looks = pgTable(
  'looks',
  {
    personId: uuid()
      .notNull()
      .references(() => persons.id),
    releaseId: uuid()
      .notNull()
      .references(() => releases.id),
    seq: bigint({ mode: 'number' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.personId, table.releaseId] })],
);
