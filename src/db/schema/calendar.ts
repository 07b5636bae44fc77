import { pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';
import { persons } from './people.ts';

/**
 * Where somebody's calendar program reads the releases. The token is kept as it is: whoever can read this table can
 * read all that it opens.
 */
export const calendarLinks = pgTable('calendar_links', {
  personId: uuid()
    .primaryKey()
    .references(() => persons.id),
  token: text().notNull().unique(),
  createdAt: instant().notNull(),
});
