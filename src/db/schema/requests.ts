import { sql } from 'drizzle-orm';
import { index, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { Json } from '../../core/audit/canonical-json.ts';
import type { RequestState } from '../../core/requests/request-state.ts';
import { instant } from './columns.ts';
import { persons } from './people.ts';
import { releases } from './release.ts';

/**
 * Somebody has asked for something that takes a second person. At most one of an act and a topic is open in a release, or
 * outside all.
 */
export const requests = pgTable(
  'requests',
  {
    id: uuid().primaryKey(),
    /** Null: it is of no release, as a freeze of everything. */
    releaseId: uuid().references(() => releases.id),
    /** What is asked for, by the name of its verb: `rollout.promote`. */
    act: text().notNull(),
    /** What tells several of one act apart, such as the entry of a scope; empty where only one can be open. */
    topic: text().notNull().default(''),
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
    uniqueIndex('requests_one_open')
      .on(sql`coalesce(${table.releaseId}::text, '')`, table.act, table.topic)
      .where(sql`${table.state} = 'open'`),
    index('requests_release').on(table.releaseId),
    index('requests_person').on(table.personId),
  ],
);
