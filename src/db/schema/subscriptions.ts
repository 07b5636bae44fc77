import { index, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core';
import type { Audience } from '../../core/plan/audiences.ts';
import { instant } from './columns.ts';
import { persons } from './people.ts';

/** `configured`: an operator named them; `self`: they asked for it. */
export type SubscriberSource = 'configured' | 'self';

/** `pending`: they asked, and have not confirmed that the address is theirs. */
export type SubscriberState = 'pending' | 'subscribed' | 'unsubscribed';

/** The recipients of the lists of notifiers, and those who left them. */
export const subscribers = pgTable(
  'subscribers',
  {
    id: uuid().primaryKey(),
    /** The notifier, and its list. */
    channel: text().notNull(),
    list: text().notNull(),
    /** In lower case; null once they have left, unless they are configured and have to be left out. */
    address: text(),
    source: text().$type<SubscriberSource>().notNull(),
    state: text().$type<SubscriberState>().notNull(),
    createdAt: instant().notNull(),
    confirmedAt: instant(),
    unsubscribedAt: instant(),
    /** Wall clock: when they were last asked to confirm. */
    askedAt: instant(),
  },
  (table) => [
    unique('subscribers_address').on(table.channel, table.list, table.address),
    index('subscribers_state').on(table.state, table.askedAt),
  ],
);

/** Who wants a copy of their own of what goes to an audience. */
export const subscriptions = pgTable(
  'subscriptions',
  {
    id: uuid().primaryKey(),
    personId: uuid()
      .notNull()
      .references(() => persons.id),
    /** Null: every audience that is open. */
    audience: text().$type<Audience>(),
    /** In lower case, as it is compared; null: every product. */
    product: text(),
    /** As it was written. */
    productName: text(),
    createdAt: instant().notNull(),
  },
  (table) => [
    unique('subscriptions_what').on(table.personId, table.audience, table.product).nullsNotDistinct(),
    index('subscriptions_audience').on(table.audience),
  ],
);
