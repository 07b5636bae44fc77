import { index, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import type { FreezeTimes } from '../../core/freeze/freeze.ts';
import type { ProductionChannel } from '../../core/plan/environments.ts';
import type { ReleaseType } from '../../core/plan/planning-arguments.ts';
import { instant } from './columns.ts';
import { persons } from './people.ts';
import { releases } from './release.ts';

/** Freezes that somebody added by command. Those of the configuration have no rows. */
export const freezes = pgTable(
  'freezes',
  {
    id: uuid().primaryKey(),
    name: text().notNull(),
    zone: text().notNull(),
    times: jsonb().$type<FreezeTimes>().notNull(),
    /** Null: for all products; for all production channels. */
    products: jsonb().$type<string[]>(),
    production: jsonb().$type<ProductionChannel[]>(),
    except: jsonb().$type<ReleaseType[]>().notNull(),
    addedByName: text().notNull(),
    addedAt: instant().notNull(),
    /** The releases that are paused because of it; they go on when it is ended. */
    held: jsonb().$type<string[]>().notNull(),
    /** When somebody ended it; null: nobody has. One whose time is over stays as it is. */
    endedAt: instant(),
  },
  (table) => [index('freezes_not_ended').on(table.endedAt)],
);

export const freezeRequestStates = ['open', 'approved', 'withdrawn'] as const;

/** Somebody wants everything to be held at once; a second person has to agree before anything is. */
export const freezeRequests = pgTable(
  'freeze_requests',
  {
    id: uuid().primaryKey(),
    /** Who asks. */
    personId: uuid()
      .notNull()
      .references(() => persons.id),
    personName: text().notNull(),
    reason: text().notNull(),
    /** Until when it is to hold. */
    until: instant().notNull(),
    zone: text().notNull(),
    requestedAt: instant().notNull(),
    /** After this nobody can agree any more. */
    expiresAt: instant().notNull(),
    state: text({ enum: freezeRequestStates }).notNull(),
    decidedAt: instant(),
    decidedByName: text(),
  },
  (table) => [index('freeze_requests_state').on(table.state)],
);

/** A release that may go live and be promoted in spite of freezes, until an instant. */
export const freezeBreaks = pgTable(
  'freeze_breaks',
  {
    id: uuid().primaryKey(),
    releaseId: uuid()
      .notNull()
      .references(() => releases.id),
    reason: text().notNull(),
    until: instant().notNull(),
    brokenByName: text().notNull(),
    brokenAt: instant().notNull(),
  },
  (table) => [index('freeze_breaks_release').on(table.releaseId)],
);
