import { asc, eq } from 'drizzle-orm';
import { readTrailEvent, type TrailEvent } from '../../core/audit/trail-event.ts';
import { auditEvents } from '../schema/audit.ts';
import type { Queries } from '../transaction.ts';

/** All events of a chain, from the first on. */
export async function loadTrailEvents(db: Queries, chain: string): Promise<TrailEvent[]> {
  const { seq, body } = auditEvents;
  const rows = await db
    .select({ seq, body })
    .from(auditEvents)
    .where(eq(auditEvents.chain, chain))
    .orderBy(asc(seq));
  return rows.map(readTrailEvent);
}
