import { desc, eq } from 'drizzle-orm';
import * as z from 'zod';
import type { BrokenLink } from '../../core/audit/audit-chain.ts';
import { compareWithTrail, replay } from '../../core/audit/compare-with-trail.ts';
import type { TrailEvent } from '../../core/audit/trail-event.ts';
import { loadTrailEvents } from '../../db/queries/audit-events.ts';
import { auditEvents } from '../../db/schema/audit.ts';
import type { Queries } from '../../db/transaction.ts';
import type { TrailComparison } from './comparisons/comparison.ts';
import { releaseComparisons, workspaceComparisons } from './comparisons/index.ts';

/** A release that changes more often than this while it is read is looked at by the next verification. */
const maxReads = 20;

/**
 * What the rows of a release, or of the workspace, say otherwise than its trail; the trail is taken to be whole. Every
 * change of a row that is compared appends an event in its transaction: rows between which nothing was appended are of one instant.
 */
export async function compareState(db: Queries, chain: string): Promise<BrokenLink[]> {
  const comparisons = comparisonsOf(chain);
  for (let read = 1; read <= maxReads; read++) {
    const last = await lastSeq(db, chain);
    const found = await compareRows(db, chain, comparisons);
    if ((await lastSeq(db, chain)) === last) return found;
  }
  return [];
}

function comparisonsOf(chain: string): readonly TrailComparison[] {
  if (chain === 'workspace') return workspaceComparisons;
  return z.uuid().safeParse(chain).success ? releaseComparisons : [];
}

async function compareRows(
  db: Queries,
  chain: string,
  comparisons: readonly TrailComparison[],
): Promise<BrokenLink[]> {
  const found: BrokenLink[] = [];
  // Most of what is in the workspace's chain matters to none of its comparisons.
  const read = new Map<string, TrailEvent[]>();
  for (const { about = [], what, apply, rows, mayBeGone, knowsAll } of comparisons) {
    const kinds = about.join(' ');
    const events = read.get(kinds) ?? (await loadTrailEvents(db, chain, { about }));
    read.set(kinds, events);
    const settings = { what, mayBeGone: mayBeGone?.(events) ?? false, knowsAll: knowsAll ?? true };
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
