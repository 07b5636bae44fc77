import { index, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

/** Someone whom tminus knows, whichever platforms they use. */
export const persons = pgTable('persons', {
  id: uuid().primaryKey(),
  name: text().notNull(),
});

/** A person's account on one platform. One e-mail address belongs to one person, on every platform. */
export const identities = pgTable(
  'identities',
  {
    /** The platform's name, such as `slack`. */
    platform: text().notNull(),
    /** The platform's own id, such as `U…`. */
    platformId: text().notNull(),
    personId: uuid()
      .notNull()
      .references(() => persons.id),
    /** In lower case, as the platform told it last; null as long as nobody has asked for it. */
    email: text(),
    /** Since when the platform delivers nothing to this account: it was deactivated. Null: as far as is known, it does. */
    unreachableSince: instant(),
  },
  (table) => [
    primaryKey({ columns: [table.platform, table.platformId] }),
    index('identities_person').on(table.personId),
    index('identities_email').on(table.email),
  ],
);
