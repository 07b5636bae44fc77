import { index, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import type { FormValues } from '../../core/card/form.ts';
import { instant } from './columns.ts';
import { persons } from './people.ts';

/** What somebody has filled in so far of the forms that plan a release, for a day. */
export const releaseDrafts = pgTable(
  'release_drafts',
  {
    id: uuid().primaryKey(),
    personId: uuid()
      .notNull()
      .references(() => persons.id),
    /** By the names of the fields; people and times as the platform gave them. */
    values: jsonb().$type<FormValues>().notNull(),
    /** Wall clock: when they last submitted a part of it. */
    keptAt: instant().notNull(),
    /** The key of the release that was made of it; null: none yet. */
    plannedAs: text(),
  },
  (table) => [
    index('release_drafts_person').on(table.personId),
    index('release_drafts_kept').on(table.keptAt),
  ],
);
