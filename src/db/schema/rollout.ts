import { sql } from 'drizzle-orm';
import {
  bigserial,
  boolean,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { Json } from '../../core/audit/canonical-json.ts';
import type { RolloutState } from '../../core/rollout/decide-promotion.ts';
import type { GateResult } from '../../core/rollout/evaluate-gate.ts';
import type { OperationKind, OperationState } from '../../core/rollout/operation-state.ts';
import type { GateWatch } from '../../core/rollout/watch-gates.ts';
import type { RuleRun } from '../../core/rollout/watch-rules.ts';
import { instant } from './columns.ts';
import { decisions } from './go-no-go.ts';
import { releases } from './release.ts';

/** How far a release is rolled out, as last confirmed at the target or recorded by a person; the latest operation tells which. */
export const rollouts = pgTable('rollouts', {
  releaseId: uuid()
    .primaryKey()
    .references(() => releases.id),
  state: text().$type<RolloutState>().notNull(),
  /** Percent of traffic on the new version, as last read from the target or recorded. */
  trafficPercent: doublePrecision().notNull(),
  phaseIndex: integer().notNull(),
  phaseSince: instant(),
  gates: jsonb().$type<GateResult[]>().notNull(),
  /** What the release's channel was told of the gates of this phase; null: nothing yet. */
  gateWatch: jsonb().$type<GateWatch>(),
  /** How far each rollback rule of the plan has come in this phase, by its place there; null: nothing yet. */
  ruleRuns: jsonb().$type<(RuleRun | null)[]>(),
  /** When people were last asked because a rule was met. */
  ruleAskedAt: instant(),
  /** Until then no rule rolls back by itself; who said so, and why. */
  disarmedUntil: instant(),
  disarmedBy: text(),
  disarmedReason: text(),
  /** The phase of which people were told why it does not go on by itself; null: none. */
  progressToldPhase: integer(),
  /** Since when nothing is promoted, by whom, and why; null: the rollout is not paused. */
  heldAt: instant(),
  heldBy: text(),
  heldReason: text(),
});

/** One promotion, rollback, abort or pause, carried out by a driver; or, when it is `recorded`, by people, without tminus. */
export const operations = pgTable(
  'operations',
  {
    id: uuid().primaryKey(),
    /** The order of the requests: clocks may be set back, or differ between two machines. */
    seq: bigserial({ mode: 'number' }).notNull(),
    releaseId: uuid()
      .notNull()
      .references(() => releases.id),
    kind: text().$type<OperationKind>().notNull(),
    state: text().$type<OperationState>().notNull(),
    /** The name under which the target's driver is configured. */
    target: text().notNull(),
    /** Percent of traffic when it was requested, as last read from the target; null when that was not known. */
    fromPercent: doublePrecision(),
    toPercent: doublePrecision().notNull(),
    /** The phase that a promotion reaches; null for a rollback. */
    phaseIndex: integer(),
    /** Why, or the note of what is recorded. */
    reason: text(),
    requestedBy: text().notNull(),
    requestedByName: text().notNull(),
    requestedAt: instant().notNull(),
    /** The same instant on the wall clock, from which its duration is measured. */
    requestedWall: instant().notNull(),
    /** On the wall clock: before this instant neither the driver is called nor the target read again. */
    notBefore: instant(),
    finishedAt: instant(),
    /** The same instant on the wall clock; the target is watched for some minutes from then on. */
    finishedWall: instant(),
    /** How often the driver failed. */
    attempts: integer().notNull().default(0),
    /** What the driver returned for its command, and is given again, also after a restart. */
    handle: jsonb().$type<Json>(),
    /** On the wall clock: until then the target has time to show the result; set once it took the command. */
    deadlineAt: instant(),
    /** How far the target has come, as last read: `3 of 10 updated`. */
    progress: text(),
    /** Percent of traffic read from the target after the driver's call; null until it was read. */
    observedPercent: doublePrecision(),
    error: text(),
    /** What is recorded was deployed although no go decision stood. */
    withoutGo: boolean().notNull().default(false),
    /** The decision that stood when it was requested; null: none did. */
    decisionId: uuid().references(() => decisions.id),
  },
  (table) => [
    uniqueIndex('operations_one_active').on(table.releaseId).where(sql`${table.finishedAt} is null`),
    index('operations_unfinished').on(table.requestedAt).where(sql`${table.finishedAt} is null`),
    index('operations_release').on(table.releaseId, table.seq),
    index('operations_target').on(table.target, table.seq),
    uniqueIndex('operations_seq').on(table.seq),
    index('operations_finished').on(table.finishedWall),
  ],
);
