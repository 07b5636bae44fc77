import { index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

/** With whom or where: a person, a channel, or a group of channels and people. */
export type ConversationKind = 'person' | 'channel' | 'group';

/**
 * How to reach who and what on a platform that tells it only with what people do there. Whoever removes tminus is not
 * reached any more, and not forgotten.
 */
export const conversations = pgTable(
  'conversations',
  {
    /** The platform's name. */
    platform: text().notNull(),
    kind: text().$type<ConversationKind>().notNull(),
    /** The platform's own id of the person, the channel or the group. */
    id: text().notNull(),
    workspaceId: text().notNull(),
    /** Where the platform takes messages for it. */
    serviceUrl: text().notNull(),
    /** Of the chat with a person; null until there is one. Of anything else its own. */
    conversationId: text(),
    /** What the platform calls a person to bots, where that is not the id. */
    accountId: text(),
    name: text(),
    /** The group in which a channel is. */
    parentId: text(),
    /** Since when tminus is removed there; null while it is installed, as far as is known. */
    removedSince: instant(),
    /** When it was said there what tminus does; null: not yet. */
    greetedAt: instant(),
  },
  (table) => [
    primaryKey({ columns: [table.platform, table.kind, table.id] }),
    index('conversations_parent').on(table.platform, table.parentId),
  ],
);
