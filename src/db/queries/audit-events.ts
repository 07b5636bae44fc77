import { and, asc, eq, gt, like, or, sql } from 'drizzle-orm';
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

/** The names under which accounts have acted, such as `slack:U0RITA`. */
export async function loadActorNames(db: Queries, accounts: readonly string[]): Promise<string[]> {
  if (accounts.length === 0) return [];
  const name = sql<string | null>`${auditEvents.body}::jsonb->>'actorName'`;
  const patterns = accounts.map((account) =>
    `%"actor":${JSON.stringify(account)}%`.replace(/[\\_]/g, '\\$&'),
  );
  const rows = await db
    .selectDistinct({ name })
    .from(auditEvents)
    .where(sql`${auditEvents.body} like any(${sql.param(patterns)}::text[])`);
  return rows.flatMap((row) => row.name ?? []);
}
