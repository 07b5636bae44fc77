import { index, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { scopeChangeKinds, scopeLists } from '../../core/changes/scope-change.ts';
import { instant } from './columns.ts';
import { persons } from './people.ts';
import { releases } from './release.ts';

export const changeRequestStates = ['open', 'approved', 'refused'] as const;

/** A change of a release's scope after code freeze: who asks, what, why; and what a second person decided. */
export const changeRequests = pgTable(
  'change_requests',
  {
    id: uuid().primaryKey(),
    releaseId: uuid()
      .notNull()
      .references(() => releases.id),
    kind: text({ enum: scopeChangeKinds }).notNull(),
    list: text({ enum: scopeLists }).notNull(),
    entry: text().notNull(),
    reason: text().notNull(),
    requestedById: uuid()
      .notNull()
      .references(() => persons.id),
    requestedByName: text().notNull(),
    requestedAt: instant().notNull(),
    state: text({ enum: changeRequestStates }).notNull(),
    decidedByName: text(),
    decidedAt: instant(),
    /** Why it was refused. */
    refusal: text(),
  },
  (table) => [index('change_requests_release').on(table.releaseId)],
);
