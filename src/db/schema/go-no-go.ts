import { sql } from 'drizzle-orm';
import { index, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { Block } from '../../core/card/card.ts';
import type { PollOutcome, VoteChoice } from '../../core/go-no-go/decide-poll.ts';
import type { RoleName } from '../../core/plan/roles.ts';
import { instant } from './columns.ts';
import { persons } from './people.ts';
import { releases } from './release.ts';

/** A go/no-go poll. A `decision` moves the release; a `readiness` poll only tells how things stand. */
export const polls = pgTable(
  'polls',
  {
    id: uuid().primaryKey(),
    releaseId: uuid()
      .notNull()
      .references(() => releases.id),
    kind: text().$type<'readiness' | 'decision'>().notNull(),
    state: text().$type<'open' | 'closed'>().notNull(),
    roles: jsonb().$type<RoleName[]>().notNull(),
    /** Those that had no vote when half of the time was over, or whatever the plan says: their backups vote, too. */
    escalatedRoles: jsonb().$type<RoleName[]>().notNull().default([]),
    /** What the release manager was told once everybody had voted: how it would end. Null: not told yet. */
    toldComplete: text().$type<'go' | 'no_go'>(),
    /** What is asked, as it was put when the poll opened. */
    intro: jsonb().$type<Block[]>().notNull(),
    openedAt: instant().notNull(),
    closesAt: instant().notNull(),
    closedAt: instant(),
    outcome: text().$type<PollOutcome>(),
  },
  (table) => [
    uniqueIndex('polls_one_open').on(table.releaseId).where(sql`${table.state} = 'open'`),
    index('polls_release').on(table.releaseId),
  ],
);

/** The standing vote of a role. Earlier votes are in the audit trail. */
export const votes = pgTable(
  'votes',
  {
    pollId: uuid()
      .notNull()
      .references(() => polls.id),
    role: text().$type<RoleName>().notNull(),
    personId: uuid()
      .notNull()
      .references(() => persons.id),
    personName: text().notNull(),
    /** Of a backup's vote: the holder in whose place it was cast. */
    inPlaceOf: text(),
    choice: text().$type<VoteChoice>().notNull(),
    reason: text(),
    votedAt: instant().notNull(),
  },
  (table) => [primaryKey({ columns: [table.pollId, table.role] })],
);
