import { index, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { AddedMessage } from '../../core/evidence/added-message.ts';
import { instant } from './columns.ts';
import { persons } from './people.ts';
import { releases } from './release.ts';

/** The record of a release: messages that people have added as evidence. A trigger refuses to change or delete a row. */
export const evidence = pgTable(
  'evidence',
  {
    id: uuid().primaryKey(),
    releaseId: uuid()
      .notNull()
      .references(() => releases.id),
    /** Which message it is: see `AddedMessage`. */
    source: text().notNull(),
    text: text().notNull(),
    author: text().notNull(),
    link: text(),
    writtenAt: instant().notNull(),
    addedByName: text().notNull(),
    addedAt: instant().notNull(),
  },
  (table) => [uniqueIndex('evidence_source').on(table.releaseId, table.source)],
);

/** A message whose release somebody still has to choose. Only they can; it is kept for a day. */
export const notedMessages = pgTable(
  'noted_messages',
  {
    id: uuid().primaryKey(),
    personId: uuid()
      .notNull()
      .references(() => persons.id),
    message: jsonb().$type<AddedMessage>().notNull(),
    /** Wall clock. */
    notedAt: instant().notNull(),
  },
  (table) => [index('noted_messages_noted').on(table.notedAt)],
);
