import { and, eq, exists, gt, inArray, isNotNull, lte, ne, notExists, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import * as z from 'zod';
import { lockRelease } from '../../db/queries/lock-release.ts';
import { deliveries, timers } from '../../db/schema/outbox.ts';
import { communications, releases } from '../../db/schema/release.ts';
import { operations } from '../../db/schema/rollout.ts';
import type { Transaction } from '../../db/transaction.ts';
import type { Ctx } from '../kernel/context.ts';
import { checkSystem } from '../kernel/permissions.ts';
import { done, type Result } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';

const inputSchema = z.object({
  releaseId: z.uuid(),
  /** Of the release's clock: one that ended, or was pruned, later than this keeps everything. */
  endedBefore: z.date(),
});
type Input = z.infer<typeof inputSchema>;

/** At most so many rows of each table go at a time, so that nobody waits long for the release. */
const batchSize = 500;

/**
 * Removes what a release that ended long ago needs no more: messages that were sent or given up, items of its schedule
 * that are settled, timers that fired, operations but for the newest. The release, its people, polls, votes and cards
 * stay, and so does its audit trail. Only tminus itself asks for it. `more`: there are more to remove.
 */
export function pruneRelease(args: { ctx: Ctx; input: Input }): Promise<Result<{ more: boolean }>> {
  return runVerb({ name: 'release.prune', input: inputSchema, run: prune }, args);
}

async function prune(scope: Scope, { releaseId, endedBefore }: Input): Promise<Result<{ more: boolean }>> {
  const refusal = checkSystem(scope.ctx.actor, { releaseId });
  if (refusal) return { ok: false, refusal };
  if (!(await lockRelease(scope.tx, { id: releaseId }))) return done({ more: false });
  const isDue = and(eq(releases.id, releaseId), isPrunable(endedBefore));
  const [due] = await scope.tx.select({ id: releases.id }).from(releases).where(isDue);
  if (!due) return done({ more: false });
  const removed = await removeBatch(scope.tx, releaseId);
  const counts = Object.values(removed);
  const more = counts.some((count) => count >= batchSize);
  if (!more)
    await scope.tx
      .update(releases)
      .set({ prunedAt: new Date(scope.now) })
      .where(eq(releases.id, releaseId));
  if (counts.some((count) => count > 0))
    scope.audit({ action: 'release.pruned', releaseId, details: removed });
  return done({ more });
}

/** Releases that ended before an instant, and were not pruned since. */
export function isPrunable(endedBefore: Date): SQL | undefined {
  const since = sql`greatest(${releases.endedAt}, ${releases.prunedAt})`;
  return and(isNotNull(releases.endedAt), lte(since, endedBefore));
}

/** How many rows of each kind were removed. */
async function removeBatch(tx: Transaction, releaseId: string) {
  return {
    // One that nobody knows the fate of waits for a person, and one that is open for its turn.
    messages: await remove(
      tx,
      deliveries,
      and(eq(deliveries.releaseId, releaseId), inArray(deliveries.state, ['sent', 'failed'])),
    ),
    communications: await remove(
      tx,
      communications,
      and(
        eq(communications.releaseId, releaseId),
        inArray(communications.state, ['sent', 'withheld']),
        notExists(
          tx
            .select({ id: deliveries.id })
            .from(deliveries)
            .where(eq(deliveries.communicationId, communications.id)),
        ),
      ),
    ),
    timers: await remove(
      tx,
      timers,
      and(eq(timers.releaseId, releaseId), inArray(timers.state, ['done', 'cancelled'])),
    ),
    operations: await remove(
      tx,
      operations,
      and(
        eq(operations.releaseId, releaseId),
        isNotNull(operations.finishedAt),
        // It says that there was no go decision, on every card from then on.
        eq(operations.withoutGo, false),
        hasNewer(tx, 'releaseId'),
        hasNewer(tx, 'target'),
      ),
    ),
  };
}

/** The newest operation says how the traffic of its release stands, and whose its target is. */
function hasNewer(tx: Transaction, of: 'releaseId' | 'target'): SQL {
  const newer = alias(operations, 'newer');
  // What is recorded went no target's way that tminus knows.
  const counts = of === 'target' ? ne(newer.state, 'recorded') : undefined;
  const isNewer = and(eq(newer[of], operations[of]), gt(newer.seq, operations.seq), counts);
  return exists(tx.select({ id: newer.id }).from(newer).where(isNewer));
}

type Prunable = typeof deliveries | typeof communications | typeof timers | typeof operations;

async function remove(tx: Transaction, table: Prunable, where: SQL | undefined): Promise<number> {
  const batch = tx.select({ id: table.id }).from(table).where(where).limit(batchSize);
  const removed = await tx.delete(table).where(inArray(table.id, batch)).returning({ id: table.id });
  return removed.length;
}
