import { sql } from 'drizzle-orm';
import {
  bigserial,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { Block } from '../../core/card/card.ts';
import type { PollOutcome } from '../../core/go-no-go/decide-poll.ts';
import type { DecisionRecord } from '../../core/go-no-go/decision-record.ts';
import type { Evidence } from '../../core/go-no-go/evidence.ts';
import { type PollPolicy, UNANIMOUS } from '../../core/go-no-go/poll-policy.ts';
import { type NoGoCategory, VOTE_CHOICES } from '../../core/go-no-go/vote.ts';
import type { Contents } from '../../core/plan/compare-plans.ts';
import type { RoleName } from '../../core/plan/roles.ts';
import { instant } from './columns.ts';
import { persons } from './people.ts';
import { releases } from './release.ts';
import { tasks } from './tasks.ts';

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
    /** Whoever is asked, the observers among them. */
    roles: jsonb().$type<RoleName[]>().notNull(),
    /** How the votes are counted, as the plan said when the votes began. */
    policy: jsonb().$type<PollPolicy>().notNull().default(UNANIMOUS),
    /** What is voted on. Null: the poll is older than this column. */
    contents: jsonb().$type<Contents>(),
    /** How often it was opened: a change of the plan after the first vote opens it again. */
    round: integer().notNull().default(1),
    /** What had changed when it was opened again, as people call it. */
    changes: jsonb().$type<string[]>().notNull().default([]),
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

/** The votes: the standing one of each role, which has not ended, and all that it took the place of. */
export const votes = pgTable(
  'votes',
  {
    id: uuid().primaryKey().defaultRandom(),
    /** The order in which they were cast: two may have the same instant. */
    seq: bigserial({ mode: 'number' }).notNull(),
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
    choice: text({ enum: VOTE_CHOICES }).notNull(),
    reason: text(),
    /** Of a no-go. */
    category: text().$type<NoGoCategory>(),
    /** Of a conditional go: what has to be done, and the task that it became. */
    condition: text(),
    conditionTask: uuid().references(() => tasks.id),
    /** Whether it was met, as judged at its deadline; null before that. */
    conditionVerdict: text().$type<'met' | 'unmet'>(),
    /** The digest of what the voter saw. Null: older than this column. */
    evidence: text(),
    votedAt: instant().notNull(),
    /** Since when it has not counted any more. */
    endedAt: instant(),
    /** The role voted again, or the plan has changed. */
    endedBy: text({ enum: ['changed', 'outdated'] }),
  },
  (table) => [
    uniqueIndex('votes_standing').on(table.pollId, table.role).where(sql`${table.endedAt} is null`),
    index('votes_poll').on(table.pollId),
    index('votes_condition').on(table.conditionTask).where(sql`${table.conditionTask} is not null`),
  ],
);

/** What voters saw of a release when they voted, each state of it once, by the digest of its contents. Append-only. */
export const pollEvidence = pgTable(
  'poll_evidence',
  {
    releaseId: uuid()
      .notNull()
      .references(() => releases.id),
    digest: text().notNull(),
    body: jsonb().$type<Evidence>().notNull(),
    collectedAt: instant().notNull(),
  },
  (table) => [primaryKey({ columns: [table.releaseId, table.digest] })],
);

/** What was decided on a release, and on what grounds. Append-only: a later decision is another row. */
export const decisions = pgTable(
  'decisions',
  {
    id: uuid().primaryKey(),
    seq: bigserial({ mode: 'number' }).notNull(),
    releaseId: uuid()
      .notNull()
      .references(() => releases.id),
    pollId: uuid()
      .notNull()
      .references(() => polls.id),
    /** By the votes; by somebody against them; or by a condition of a vote that was not met in time. */
    kind: text({ enum: ['votes', 'override', 'condition'] }).notNull(),
    outcome: text().$type<PollOutcome>().notNull(),
    record: jsonb().$type<DecisionRecord>().notNull(),
    decidedAt: instant().notNull(),
  },
  (table) => [index('decisions_release').on(table.releaseId, table.seq)],
);

/** Who has signed a decision off, for which role. */
export const signOffs = pgTable(
  'sign_offs',
  {
    decisionId: uuid()
      .notNull()
      .references(() => decisions.id),
    role: text().$type<RoleName>().notNull(),
    personId: uuid()
      .notNull()
      .references(() => persons.id),
    personName: text().notNull(),
    inPlaceOf: text(),
    signedAt: instant().notNull(),
  },
  (table) => [primaryKey({ columns: [table.decisionId, table.role] })],
);
