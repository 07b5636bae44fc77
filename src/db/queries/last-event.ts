import { and, desc, eq, inArray, sql } from 'drizzle-orm';
import { auditEvents } from '../schema/audit.ts';
import type { Queries } from '../transaction.ts';

/** What happened last to a release of some kinds of event. */
export interface LastEvent {
  action: string;
  /** Epoch ms of the release's clock. */
  at: number;
  /** Who did it, as records write it: `slack:U123`, `system:schedule`. */
  actor: string;
  actorName: string;
}

/** The latest event of a release with one of some actions; null when there is none. */
export async function findLastEvent(
  db: Queries,
  { releaseId, actions }: { releaseId: string; actions: readonly string[] },
): Promise<LastEvent | null> {
  const body = sql`${auditEvents.body}::jsonb`;
  const [last] = await db
    .select({
      action: sql<string>`${body} ->> 'action'`,
      at: sql<string>`${body} ->> 'at'`,
      actor: sql<string>`${body} ->> 'actor'`,
      actorName: sql<string>`${body} ->> 'actorName'`,
    })
    .from(auditEvents)
    .where(and(eq(auditEvents.chain, releaseId), inArray(sql`${body} ->> 'action'`, [...actions])))
    .orderBy(desc(auditEvents.seq))
    .limit(1);
  return last ? { ...last, at: Date.parse(last.at) } : null;
}
