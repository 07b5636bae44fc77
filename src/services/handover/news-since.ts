import { and, asc, eq, gt, sql } from 'drizzle-orm';
import { readTrailEvent } from '../../core/audit/trail-event.ts';
import type { Line } from '../../core/card/line.ts';
import { tellEvent } from '../../core/trail/tell-event.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { auditEvents } from '../../db/schema/audit.ts';
import { looks } from '../../db/schema/looks.ts';
import { nameTrail } from '../audit/name-trail.ts';
import type { Scope } from '../kernel/scope.ts';

/** Something that happened in a release; `at` is epoch ms. */
export interface PastEvent {
  at: number;
  /** As the audit trail tells it. */
  sentence: Line;
}

/**
 * What has happened in a release since somebody was last told, the oldest first. From now on they have been told: each
 * event is told to them once.
 */
export async function tellNewsSince(
  { tx }: Scope,
  { personId, release }: { personId: string; release: Release },
): Promise<PastEvent[]> {
  const { id: releaseId } = release;
  const isTheirs = and(eq(looks.personId, personId), eq(looks.releaseId, releaseId));
  const [look] = await tx.select({ seq: looks.seq }).from(looks).where(isTheirs).for('update');
  const { chain, seq, body } = auditEvents;
  const rows = await tx
    .select({ seq, body })
    .from(auditEvents)
    .where(and(eq(chain, releaseId), gt(seq, look?.seq ?? 0)))
    .orderBy(asc(seq));
  const last = rows.at(-1)?.seq;
  if (last === undefined) return [];
  await tx
    .insert(looks)
    .values({ personId, releaseId, seq: last })
    .onConflictDoUpdate({
      target: [looks.personId, looks.releaseId],
      set: { seq: sql`greatest(${looks.seq}, excluded.seq)` },
    });
  const names = nameTrail(release);
  return rows
    .map((row) => tellEvent(readTrailEvent(row), names))
    .filter(({ isNews, at }) => isNews && !Number.isNaN(at))
    .map(({ at, sentence }) => ({ at, sentence }));
}
