import { boolean, doublePrecision, index, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import type { Grade } from '../../core/plan/readiness-schema.ts';
import { instant } from './columns.ts';
import { persons } from './people.ts';
import { releases } from './release.ts';

/** What a gate of a release was found to be. The one measured last counts. One of the three values is there. */
export const gateResults = pgTable(
  'gate_results',
  {
    id: uuid().primaryKey(),
    releaseId: uuid()
      .notNull()
      .references(() => releases.id),
    gate: text().notNull(),
    number: doublePrecision(),
    grade: text().$type<Grade>(),
    passed: boolean(),
    /** Of the release when it came in. */
    version: text().notNull(),
    measuredAt: instant().notNull(),
    receivedAt: instant().notNull(),
    /** What it comes from: a source of the configuration, or `by hand`. */
    source: text().notNull(),
    /** A page that shows it. */
    evidence: text(),
    /** Who gave it by hand. */
    reportedById: uuid().references(() => persons.id),
    reportedByName: text(),
  },
  (table) => [index('gate_results_latest').on(table.releaseId, table.gate, table.measuredAt)],
);

/** Until when a release may go on although a gate does not pass. */
export const gateWaivers = pgTable(
  'gate_waivers',
  {
    id: uuid().primaryKey(),
    releaseId: uuid()
      .notNull()
      .references(() => releases.id),
    gate: text().notNull(),
    reason: text().notNull(),
    until: instant().notNull(),
    grantedById: uuid().references(() => persons.id),
    grantedByName: text().notNull(),
    grantedAt: instant().notNull(),
    /** When somebody took it back. */
    endedAt: instant(),
    endedByName: text(),
  },
  (table) => [index('gate_waivers_release').on(table.releaseId, table.gate)],
);

/** When a metrics source was last asked about a gate, and what it said if it gave no value. */
export const gateReadings = pgTable(
  'gate_readings',
  {
    releaseId: uuid()
      .notNull()
      .references(() => releases.id),
    gate: text().notNull(),
    source: text().notNull(),
    askedAt: instant().notNull(),
    /** Why there was no value, as a clause; null: there was one. */
    reason: text(),
  },
  (table) => [primaryKey({ columns: [table.releaseId, table.gate] })],
);
