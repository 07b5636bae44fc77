import { sql } from 'drizzle-orm';
import { index, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { Json } from '../../core/audit/canonical-json.ts';
import type { RequestState } from '../../core/requests/request-state.ts';
import { instant } from './columns.ts';
import { persons } from './people.ts';
import { releases } from './release.ts';

/** Somebody has asked for something that takes a second person; at most one of a kind is open in a release. */
export const requests = pgTable(
  'requests',
  {
    id: uuid().primaryKey(),
    releaseId: uuid()
      .notNull()
      .references(() => releases.id),
    /** What is asked for, by the name of its verb: `rollout.promote`. */
    act: text().notNull(),
    /** With what the verb is called. */
    input: jsonb().$type<Json>().notNull(),
    /** The same for people: continues "asks to". */
    words: text().notNull(),
    /** Who asks, and the account by which they did. */
    personId: uuid()
      .notNull()
      .references(() => persons.id),
    personName: text().notNull(),
    platform: text().notNull(),
    platformId: text().notNull(),
    state: text().$type<RequestState>().notNull(),
    requestedAt: instant().notNull(),
    /** From then on nobody can agree any more. */
    expiresAt: instant().notNull(),
    decidedByName: text(),
    decidedAt: instant(),
    /** Why it was refused. */
    reason: text(),
  },
  (table) => [
    uniqueIndex('requests_one_open').on(table.releaseId, table.act).where(sql`${table.state} = 'open'`),
    index('requests_person').on(table.personId),
  ],
);
