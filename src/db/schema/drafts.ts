import { index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { Proposal } from '../../core/approval/proposal.ts';
import { instant } from './columns.ts';
import { persons } from './people.ts';
import { communications, releases } from './release.ts';

/** A message that customers read, and whether its owner has approved it. One for each such item of a schedule. */
export const drafts = pgTable(
  'drafts',
  {
    id: uuid().primaryKey(),
    releaseId: uuid()
      .notNull()
      .references(() => releases.id),
    communicationId: uuid()
      .notNull()
      .references(() => communications.id, { onDelete: 'cascade' }),
    state: text().$type<'waiting' | 'approved' | 'held'>().notNull(),
    /** Rises with every change of it: a decision on what has changed meanwhile is refused. */
    revision: integer().notNull().default(1),
    /** What would go out, where and when, with the text as it was edited. */
    proposal: jsonb().$type<Proposal>().notNull(),
    /** What was approved last; null: nothing yet. It holds only while `state` says so. */
    approved: jsonb().$type<Proposal>(),
    approvedByName: text(),
    approvedAt: instant(),
    /** Whose text it is, when it was edited. */
    editedByName: text(),
    editedAt: instant(),
    /** Who put it on hold, when and why. */
    heldByName: text(),
    heldAt: instant(),
    holdReason: text(),
    /** Who decided last; null: nobody yet. */
    decidedBy: uuid().references(() => persons.id),
    /** When its owner was first asked; null: not yet. */
    askedAt: instant(),
    /** How many of the reminders have had their time. */
    reminders: integer().notNull().default(0),
    /** Whether its backup was asked, too. */
    escalatedAt: instant(),
    /** When it was due and not approved; null: that has not happened. */
    missedAt: instant(),
  },
  (table) => [
    uniqueIndex('drafts_communication').on(table.communicationId),
    index('drafts_release').on(table.releaseId),
  ],
);
