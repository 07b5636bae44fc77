import { sql } from 'drizzle-orm';
import * as z from 'zod';
import { type Redaction, redactorOf } from '../../../core/audit/redaction.ts';
import { groupBy } from '../../../lib/group-by.ts';
import { reasonSchema } from '../../kernel/reason-schema.ts';
import { done, type Result, refuse } from '../../kernel/result.ts';
import type { Scope } from '../../kernel/scope.ts';
import { findRedaction } from './find-redaction.ts';
import { writeEvents } from './redacted-events.ts';
import { writeRows } from './redacted-rows.ts';

/** How much was replaced. */
export interface Redacted {
  events: number;
  rows: number;
}

export const redactionReason = reasonSchema(
  'Say why it is removed: the reason stays in the audit trail.',
).check(z.maxLength(500, 'A reason can have at most 500 characters.'));

/**
 * Replaces texts wherever they stand, in the events of the trail and in the rows, and says so in each chain that has
 * changed. What goes is in none of that. `what`: what was removed, for the trail.
 */
export async function carryOut(
  scope: Scope,
  redaction: Redaction,
  { what, reason }: { what: string; reason: string },
): Promise<Result<Redacted>> {
  if (redactorOf(redaction)(reason) !== reason)
    return refuse('invalid', 'The reason has in it what is to be removed, and it stays in the audit trail.', {
      field: 'reason',
    });
  const { tx } = scope;
  // One redaction at a time: two of one event would each undo the other. Triggers refuse changes outside of one.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('audit redaction', 0))`);
  await tx.execute(sql`select set_config('tminus.redacting', 'on', true)`);
  const found = await findRedaction(tx, redaction, { lock: true });
  if (found.events.length === 0 && found.rows.length === 0)
    return refuse('not-found', 'Nothing was removed: it stands nowhere in the trail or in the records.');
  await writeRows(tx, found.rows);
  await writeEvents(tx, found.events, scope.ctx.trailKeys.signer);
  const perChain = groupBy(found.events, ({ chain }) => chain);
  for (const [chain, events] of perChain) {
    if (chain === 'workspace') continue;
    const details = { what, reason, records: events.map(({ seq }) => seq) };
    scope.audit({ action: 'trail.redacted', releaseId: chain, details });
    scope.invalidateCards(chain);
  }
  const records = (perChain.get('workspace') ?? []).map(({ seq }) => seq);
  const counts = { events: found.events.length, rows: found.rows.length };
  scope.audit({ action: 'trail.redacted', releaseId: null, details: { what, reason, records, ...counts } });
  return done(counts);
}
