import { sql } from 'drizzle-orm';
import {
  bigserial,
  index,
  integer,
  jsonb,
  pgTable,
  real,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { RolloutState } from '../../core/rollout/decide-promotion.ts';
import type { GateResult } from '../../core/rollout/evaluate-gate.ts';
import type { OperationState } from '../../core/rollout/operation-state.ts';
import { instant } from './columns.ts';
import { releases } from './release.ts';

/** How far a release is rolled out, as last confirmed at the target. */
export const rollouts = pgTable('rollouts', {
  releaseId: uuid()
    .primaryKey()
    .references(() => releases.id),
  state: text().$type<RolloutState>().notNull(),
  /** Share of traffic on the new version in percent, as last read from the target. */
  trafficPercent: real().notNull(),
  phaseIndex: integer().notNull(),
  phaseSince: instant(),
  gates: jsonb().$type<GateResult[]>().notNull(),
});

/** One promote or rollback, carried out by a driver. */
export const operations = pgTable(
  'operations',
  {
    id: uuid().primaryKey(),
    /** The order in which they were asked for: clocks may be set back, or be different on two machines. */
    seq: bigserial({ mode: 'number' }).notNull(),
    releaseId: uuid()
      .notNull()
      .references(() => releases.id),
    kind: text().$type<'promote' | 'rollback'>().notNull(),
    state: text().$type<OperationState>().notNull(),
    /** The share last read from the target when it was asked for; null when it was not known. */
    fromPercent: real(),
    toPercent: real().notNull(),
    /** The phase that a promotion reaches; null for a rollback. */
    phaseIndex: integer(),
    reason: text(),
    requestedBy: text().notNull(),
    requestedByName: text().notNull(),
    requestedAt: instant().notNull(),
    /** The same on the wall clock, to tell how long it took. */
    requestedWall: instant().notNull(),
    /** Not tried again before this instant of the wall clock. */
    notBefore: instant(),
    finishedAt: instant(),
    /** The same on the wall clock: for some minutes its target is watched. */
    finishedWall: instant(),
    attempts: integer().notNull().default(0),
    /** The share read from the target after the driver's call; null until it was read. */
    observedPercent: real(),
    error: text(),
  },
  (table) => [
    uniqueIndex('operations_one_active').on(table.releaseId).where(sql`${table.finishedAt} is null`),
    index('operations_unfinished').on(table.requestedAt).where(sql`${table.finishedAt} is null`),
    index('operations_release').on(table.releaseId, table.seq),
    uniqueIndex('operations_seq').on(table.seq),
    index('operations_finished').on(table.finishedWall),
  ],
);
