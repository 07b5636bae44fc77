import { boolean, index, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

/** Someone whom tminus knows, whichever platforms they use. */
export const persons = pgTable('persons', {
  id: uuid().primaryKey(),
  name: text().notNull(),
  /** When what was personal of theirs was removed; null: it is there. */
  redactedAt: instant(),
});

/** A person's account on one platform. */
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
    /** The address by which its person was given roles, in lower case; null when it gave them none. It belongs to one person. */
    email: text(),
    /** When the person confirmed, on both sides, that this account is theirs as well; null: they came by it. */
    connectedAt: instant(),
    /** Where they want to get what is for them alone. */
    isPreferred: boolean().notNull().default(false),
    /** Since when the platform delivers nothing to this account: it was deactivated. Null: as far as is known, it does. */
    unreachableSince: instant(),
    /** IANA zone, as the platform tells it; null: it does not. */
    zone: text(),
  },
  (table) => [
    primaryKey({ columns: [table.platform, table.platformId] }),
    index('identities_person').on(table.personId),
    index('identities_email').on(table.email),
  ],
);

/** What the holder of an account says of another account. */
export const matchAnswers = ['mine', 'not_mine'] as const;

/**
 * Two accounts with one e-mail address that may be one person's, as seen from one of them; there is a second row for
 * the other side. They are connected when both sides have said so, and the rows go.
 */
export const accountMatches = pgTable(
  'account_matches',
  {
    platform: text().notNull(),
    platformId: text().notNull(),
    otherPlatform: text().notNull(),
    otherId: text().notNull(),
    /** The address that both have, in lower case. */
    email: text().notNull(),
    /** What this side says of the other; null: nothing yet. */
    answer: text({ enum: matchAnswers }),
    answeredAt: instant(),
  },
  (table) => [
    primaryKey({ columns: [table.platform, table.platformId, table.otherPlatform, table.otherId] }),
  ],
);
