import { asc, desc, eq } from 'drizzle-orm';
import * as z from 'zod';
import type { BrokenLink } from '../../core/audit/audit-chain.ts';
import { compareWithTrail, replay } from '../../core/audit/compare-with-trail.ts';
import { readTrailEvent, type TrailEvent } from '../../core/audit/trail-event.ts';
import { auditEvents } from '../../db/schema/audit.ts';
import type { Queries } from '../../db/transaction.ts';
import type { TrailComparison } from './comparisons/comparison.ts';
import { trailComparisons, workspaceComparisons } from './comparisons/index.ts';

/** A release that changes more often than this while it is read is looked at by the next verification. */
const maxReads = 20;

/**
 * What the rows of a release say otherwise than its trail; the trail is taken to be whole. Every change of a row
 * appends an event in its transaction: rows between which nothing was appended are of one instant.
 */
export async function compareState(db: Queries, chain: string): Promise<BrokenLink[]> {
  const comparisons = comparisonsOf(chain);
  if (comparisons.length === 0) return [];
  for (let read = 1; read <= maxReads; read++) {
    const events = await loadEvents(db, chain);
    const found = await compareRows(db, { chain, events, comparisons });
    if ((await lastSeq(db, chain)) === (events.at(-1)?.seq ?? 0)) return found;
  }
  return [];
}

/** A chain is that of a release, by its id, or of the workspace. */
function comparisonsOf(chain: string): readonly TrailComparison[] {
  if (chain === 'workspace') return workspaceComparisons;
  return z.uuid().safeParse(chain).success ? trailComparisons : [];
}

async function compareRows(
  db: Queries,
  {
    chain,
    events,
    comparisons,
  }: { chain: string; events: readonly TrailEvent[]; comparisons: readonly TrailComparison[] },
): Promise<BrokenLink[]> {
  const found: BrokenLink[] = [];
  for (const { what, apply, rows, mayBeGone } of comparisons) {
    const settings = { what, mayBeGone: mayBeGone?.(events) ?? false };
    const differences = compareWithTrail(replay(events, apply), await rows(db, chain), settings);
    found.push(...differences.map(({ seq, problem }) => ({ chain, seq: seq ?? 0, problem })));
  }
  return found;
}

async function loadEvents(db: Queries, chain: string): Promise<TrailEvent[]> {
  const { seq, body } = auditEvents;
  const rows = await db
    .select({ seq, body })
    .from(auditEvents)
    .where(eq(auditEvents.chain, chain))
    .orderBy(asc(seq));
  return rows.map(readTrailEvent);
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
