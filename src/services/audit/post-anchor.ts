import { desc, sql } from 'drizzle-orm';
import * as z from 'zod';
import type { Destination } from '../../core/address/destination.ts';
import { anchorMessage, anchorSubject } from '../../core/messages/anchor-message.ts';
import { lastCheckpoint } from '../../db/queries/checkpoints.ts';
import { auditAnchors } from '../../db/schema/audit.ts';
import type { Ctx } from '../kernel/context.ts';
import { insertDelivery } from '../kernel/effects.ts';
import { checkSystem } from '../kernel/permissions.ts';
import { done, type Result } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';

const inputSchema = z.object({
  destination: z.custom<Destination>(),
  /** As the configuration writes it. */
  address: z.string(),
  /** How much time has to be between two, in ms of the wall clock. */
  everyMs: z.number(),
});
type Input = z.infer<typeof inputSchema>;

/**
 * Posts the latest checkpoint into a channel, when it is time for one. Any number of processes may ask: each checkpoint
 * is put into the outbox once.
 */
export function postAnchor(args: { ctx: Ctx; input: Input }): Promise<Result<{ posted: number | null }>> {
  return runVerb({ name: 'trail.anchor', input: inputSchema, run: post }, args);
}

async function post(
  scope: Scope,
  { destination, address, everyMs }: Input,
): Promise<Result<{ posted: number | null }>> {
  const refusal = checkSystem(scope.ctx.actor);
  if (refusal) return { ok: false, refusal };
  const { tx } = scope;
  const wall = scope.ctx.clock.wall();
  // The second of two that come at once sees what the first has done.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('audit anchor', 0))`);
  // The last that was made, whatever its clock said: one of a clock that was ahead neither holds up the others for ever
  // nor has one made each minute.
  const [before] = await tx.select().from(auditAnchors).orderBy(desc(auditAnchors.checkpoint)).limit(1);
  if (before && Math.abs(wall - before.anchoredAt.getTime()) < everyMs) return done({ posted: null });
  const checkpoint = await lastCheckpoint(tx);
  if (!checkpoint) return done({ posted: null });
  const row = { checkpoint: checkpoint.seq, anchoredAt: new Date(wall) };
  const posted = await tx.insert(auditAnchors).values(row).onConflictDoNothing().returning();
  if (posted.length === 0) return done({ posted: null });
  await insertDelivery(scope, {
    releaseId: null,
    destination,
    subject: anchorSubject,
    content: anchorMessage(checkpoint),
  });
  const details = { checkpoint: checkpoint.seq, hash: checkpoint.hash, address };
  scope.audit({ action: 'trail.anchored', releaseId: null, details });
  return done({ posted: checkpoint.seq });
}
