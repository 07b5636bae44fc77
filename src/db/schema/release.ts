import { sql } from 'drizzle-orm';
import { index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { Plan } from '../../core/plan/plan.ts';
import type { RoleName } from '../../core/plan/roles.ts';
import type { ReleaseState } from '../../core/release/release-state.ts';
import type { ScheduleItem } from '../../core/schedule/derive-schedule.ts';
import { destinationText, instant } from './columns.ts';
import { persons } from './people.ts';

/** One version of one product going live. `plan` is the checked plan that everything else comes from. */
export const releases = pgTable(
  'releases',
  {
    id: uuid().primaryKey(),
    key: text().notNull(),
    state: text().$type<ReleaseState>().notNull(),
    plan: jsonb().$type<Plan>().notNull(),
    goLiveAt: instant().notNull(),
    createdAt: instant().notNull(),
    createdBy: text().notNull(),
    /** While it is paused nothing of its schedule happens. Null: it is not. */
    pausedAt: instant(),
    /** When it goes on by itself; null: when somebody says so. */
    pausedUntil: instant(),
    pauseReason: text(),
    /** When it was last resumed: what was held until then is not late. */
    resumedAt: instant(),
    /** When it ended, one way or another; null while it has not. */
    endedAt: instant(),
    /** When its old records were last removed; null: they are all there. */
    prunedAt: instant(),
  },
  (table) => [
    uniqueIndex('releases_key').on(table.key),
    index('releases_state').on(table.state),
    index('releases_prunable')
      .on(sql`greatest(${table.endedAt}, ${table.prunedAt})`)
      .where(sql`${table.endedAt} is not null`),
  ],
);

/** Who holds which role of a release. A role may have several holders. */
export const releasePeople = pgTable(
  'release_people',
  {
    releaseId: uuid()
      .notNull()
      .references(() => releases.id),
    role: text().$type<RoleName>().notNull(),
    position: text().$type<'holder' | 'backup'>().notNull(),
    personId: uuid()
      .notNull()
      .references(() => persons.id),
    /** As the plan writes them. */
    name: text().notNull(),
    email: text().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.releaseId, table.role, table.position, table.personId] }),
    index('release_people_person').on(table.personId),
  ],
);

/** Where the addresses are that a release's plan names, as they were found when it was planned. */
export const releaseDestinations = pgTable(
  'release_destinations',
  {
    releaseId: uuid()
      .notNull()
      .references(() => releases.id),
    /** As the plan writes it: `#name`. */
    address: text().notNull(),
    destination: destinationText().notNull(),
  },
  (table) => [primaryKey({ columns: [table.releaseId, table.address] })],
);

/** `overdue`: its time has passed, and the release manager has not said yet what becomes of it. */
export type CommunicationState = 'planned' | 'overdue' | 'sent' | 'withheld';

/** One item of a release's schedule. */
export const communications = pgTable(
  'communications',
  {
    id: uuid().primaryKey(),
    releaseId: uuid()
      .notNull()
      .references(() => releases.id),
    key: text().notNull(),
    /** Place in the schedule, for items due at one instant. */
    position: integer().notNull(),
    item: jsonb().$type<ScheduleItem>().notNull(),
    /** Null for an item that waits for an event. */
    dueAt: instant(),
    state: text().$type<CommunicationState>().notNull(),
    /** Why it was withheld, or is overdue. */
    note: text(),
    settledAt: instant(),
    /** The question to the release manager in which it was last asked about; null: it never was. */
    questionId: uuid(),
  },
  (table) => [
    index('communications_question').on(table.questionId).where(sql`${table.questionId} is not null`),
    uniqueIndex('communications_key').on(table.releaseId, table.key),
  ],
);
