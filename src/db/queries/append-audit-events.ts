import type { AuditSigner } from '../../core/audit/audit-signature.ts';
import { canonicalJson, type Json } from '../../core/audit/canonical-json.ts';
import type { Transaction } from '../transaction.ts';

/** An event of the audit trail, for the chain of a release (its id) or the workspace's. */
export interface AuditEvent {
  chain: string;
  body: Json;
}

/**
 * Signs events and appends them to their chains, in the order given. The ends of the chains stay locked until the
 * transaction ends.
 */
export async function appendAuditEvents(
  tx: Transaction,
  events: readonly AuditEvent[],
  signer: AuditSigner,
): Promise<void> {
  const written = events.map(({ chain, body }) => ({ chain, body: canonicalJson(body) }));
  await tx.$client.query({
    name: 'append-audit-events',
    text: 'select append_audit_events($1::text[], $2::text[], $3::text[])',
    values: [
      written.map(({ chain }) => chain),
      written.map(({ body }) => body),
      written.map((event) => signer.signEvent(event)),
    ],
  });
}
