import { and, asc, eq, gt, like, or } from 'drizzle-orm';
import { readTrailEvent, type TrailEvent } from '../../core/audit/trail-event.ts';
import { auditEvents } from '../schema/audit.ts';
import type { Queries } from '../transaction.ts';

/** Events read by one statement: a chain may be long, and no statement may take long. */
const pageSize = 1_000;

/**
 * The events of a chain, from the first on; `about`: only those whose action begins with one of
 * these, such as `freeze.`; none: all.
 */
export async function loadTrailEvents(
  db: Queries,
  chain: string,
  { about = [] }: { about?: readonly string[] } = {},
): Promise<TrailEvent[]> {
  const { seq, body } = auditEvents;
  // Canonical JSON begins with the action.
  const isAbout = or(...about.map((start) => like(body, `{"action":"${start}%`)));
  const events: TrailEvent[] = [];
  for (let after = 0; ; ) {
    const page = await db
      .select({ seq, body })
      .from(auditEvents)
      .where(and(eq(auditEvents.chain, chain), gt(seq, after), isAbout))
      .orderBy(asc(seq))
      .limit(pageSize);
    events.push(...page.map(readTrailEvent));
    if (page.length < pageSize) return events;
    after = page.at(-1)?.seq ?? after;
  }
}
