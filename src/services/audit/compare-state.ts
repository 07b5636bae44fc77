import { desc, eq } from 'drizzle-orm';
import * as z from 'zod';
import type { BrokenLink } from '../../core/audit/audit-chain.ts';
import { compareWithTrail, replay } from '../../core/audit/compare-with-trail.ts';
import type { TrailEvent } from '../../core/audit/trail-event.ts';
import { loadTrailEvents } from '../../db/queries/audit-events.ts';
import { auditEvents } from '../../db/schema/audit.ts';
import type { Queries } from '../../db/transaction.ts';
import { trailComparisons } from './comparisons/index.ts';

/** A release that changes more often than this while it is read is looked at by the next verification. */
const maxReads = 20;

/**
 * What the rows of a release say otherwise than its trail; the trail is taken to be whole. The workspace's has no rows. Every change of a row
 * appends an event in its transaction: rows between which nothing was appended are of one instant.
 */
export async function compareState(db: Queries, chain: string): Promise<BrokenLink[]> {
  if (!z.uuid().safeParse(chain).success) return [];
  for (let read = 1; read <= maxReads; read++) {
    const events = await loadTrailEvents(db, chain);
    const found = await compareRows(db, chain, events);
    if ((await lastSeq(db, chain)) === (events.at(-1)?.seq ?? 0)) return found;
  }
  return [];
}

async function compareRows(db: Queries, chain: string, events: readonly TrailEvent[]): Promise<BrokenLink[]> {
  const found: BrokenLink[] = [];
  for (const { what, apply, rows, mayBeGone } of trailComparisons) {
    const settings = { what, mayBeGone: mayBeGone?.(events) ?? false };
    const differences = compareWithTrail(replay(events, apply), await rows(db, chain), settings);
    found.push(...differences.map(({ seq, problem }) => ({ chain, seq: seq ?? 0, problem })));
  }
  return found;
}

async function lastSeq(db: Queries, chain: string): Promise<number> {
  const { seq } = auditEvents;
  const [last] = await db
    .select({ seq })
    .from(auditEvents)
    .where(eq(auditEvents.chain, chain))
    .orderBy(desc(seq))
    .limit(1);
  return last?.seq ?? 0;
}
