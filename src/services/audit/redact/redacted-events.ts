import { asc } from 'drizzle-orm';
import { type AuditSigner, nonceOf } from '../../../core/audit/audit-signature.ts';
import { canonicalJson, type Json } from '../../../core/audit/canonical-json.ts';
import { type Redaction, redactJson } from '../../../core/audit/redaction.ts';
import { mentions } from '../../../db/queries/mentioning.ts';
import { auditEvents } from '../../../db/schema/audit.ts';
import type { Queries, Transaction } from '../../../db/transaction.ts';

/** An event in which something is replaced: its body as it will be. */
export type RedactedEventRow = Pick<
  typeof auditEvents.$inferSelect,
  'chain' | 'seq' | 'hash' | 'body' | 'signature' | 'redaction'
>;

/** The events of all chains in which something is to be replaced. */
export async function findEvents(db: Queries, redaction: Redaction): Promise<RedactedEventRow[]> {
  const { chain, seq, hash, body, signature, redaction: earlier } = auditEvents;
  const rows = await db
    .select({ chain, seq, hash, body, signature, redaction: earlier })
    .from(auditEvents)
    .where(mentions(body, redaction))
    .orderBy(asc(chain), asc(seq));
  return rows.flatMap((row) => {
    const before: Json = JSON.parse(row.body);
    const after = canonicalJson(redactJson(before, redaction));
    return after === row.body ? [] : [{ ...row, body: after }];
  });
}

/** Puts what is left in the place of events, signed. Their hashes stay, and with them the chain. */
export async function writeEvents(
  tx: Transaction,
  events: readonly RedactedEventRow[],
  signer: AuditSigner,
): Promise<void> {
  if (events.length === 0) return;
  const redactions = events.map((event) => {
    const signed = event.redaction ?? event.signature;
    return signer.signRedaction(event, signed === null ? null : nonceOf(signed));
  });
  await tx.$client.query({
    text: 'select redact_audit_events($1::text[], $2::bigint[], $3::text[], $4::text[])',
    values: [
      events.map(({ chain }) => chain),
      events.map(({ seq }) => seq),
      events.map(({ body }) => body),
      redactions,
    ],
  });
}
