import type { Redaction } from '../../../core/audit/redaction.ts';
import type { Queries } from '../../../db/transaction.ts';
import { withDigests } from './changed-digests.ts';
import { findEvents, type RedactedEventRow } from './redacted-events.ts';
import { findRows, type RedactedRow } from './redacted-rows.ts';

/** What a redaction would change. */
interface FoundRedaction {
  events: RedactedEventRow[];
  rows: RedactedRow[];
}

/** Where the texts of a redaction stand, in the trail and in the rows. `lock`: it is about to be done. */
export async function findRedaction(
  db: Queries,
  redaction: Redaction,
  { lock = false }: { lock?: boolean } = {},
): Promise<FoundRedaction> {
  const whole = await withDigests(db, redaction);
  return { rows: await findRows(db, whole, { lock }), events: await findEvents(db, whole) };
}
