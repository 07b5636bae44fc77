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
    /** SHA-256, hex, over chain, seq, previous hash and body. */
    hash: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.chain, table.seq] })],
);

/** Where each chain ends. Locked while an event is appended. */
export const auditHeads = pgTable('audit_heads', {
  chain: text().primaryKey(),
  seq: bigint({ mode: 'number' }).notNull(),
  hash: text().notNull(),
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
