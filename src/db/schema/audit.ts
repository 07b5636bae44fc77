import { sql } from 'drizzle-orm';
import { bigint, index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

/**
 * The audit trail: append-only (a trigger refuses anything else), one hash chain a release and one for
 * what concerns no release. `body` is the canonical JSON of the event, and the only record of it.
 */
export const auditEvents = pgTable(
  'audit_events',
  {
    /** The release's id, or `workspace`. */
    chain: text().notNull(),
    seq: bigint({ mode: 'number' }).notNull(),
    body: text().notNull(),
    prevHash: text().notNull(),
    /** SHA-256, hex, over chain, seq, previous hash, body and signature. */
    hash: text().notNull(),
    /** Made with a key that is not in the database, over chain and body. Null: older than signatures, or redacted. */
    signature: text(),
    /** The signature of what is left of a redacted event, over its place, hash and body. Null: it is as it was written. */
    redaction: text(),
  },
  (table) => [primaryKey({ columns: [table.chain, table.seq] })],
);

/** Where each chain ends. Locked while an event is appended. */
export const auditHeads = pgTable(
  'audit_heads',
  {
    chain: text().primaryKey(),
    seq: bigint({ mode: 'number' }).notNull(),
    hash: text().notNull(),
    /** Where it ended in the last checkpoint that has it; 0: in none. Only says what the next one has to have. */
    sealedSeq: bigint({ mode: 'number' }).notNull().default(0),
  },
  (table) => [index('audit_heads_grown').on(table.chain).where(sql`${table.seq} <> ${table.sealedSeq}`)],
);

/** Where the chains ended at instants, signed; each bound to the one before. Append-only like the events. */
export const auditCheckpoints = pgTable('audit_checkpoints', {
  seq: bigint({ mode: 'number' }).primaryKey(),
  /** Canonical JSON: see `src/core/audit/checkpoint.ts`. */
  body: text().notNull(),
  signature: text().notNull(),
  /** SHA-256, hex, over body and signature. */
  hash: text().notNull(),
});

/** Which checkpoints were posted outside the database, so that each is posted once. */
export const auditAnchors = pgTable('audit_anchors', {
  checkpoint: bigint({ mode: 'number' }).primaryKey(),
  /** Wall clock. */
  anchoredAt: instant().notNull(),
});

/** Inbound requests that were taken, with the first answer, so that a repeat gets the same. */
export const inbox = pgTable(
  'inbox',
  {
    key: text().primaryKey(),
    receivedAt: instant().notNull(),
    /** JSON of the verb's result. */
    answer: text(),
  },
  (table) => [index('inbox_received').on(table.receivedAt)],
);
