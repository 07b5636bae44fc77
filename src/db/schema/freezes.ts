import { index, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import type { FreezeTimes } from '../../core/freeze/freeze.ts';
import type { ProductionChannel } from '../../core/plan/environments.ts';
import type { ReleaseType } from '../../core/plan/planning-arguments.ts';
import { instant } from './columns.ts';
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
