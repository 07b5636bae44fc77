import { and, eq, sql } from 'drizzle-orm';
import * as z from 'zod';
import { operations } from '../../db/schema/rollout.ts';
import type { Ctx } from '../kernel/context.ts';
import { checkSystem } from '../kernel/permissions.ts';
import { done, type Result } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';

const inputSchema = z.object({
  releaseId: z.uuid(),
  operationId: z.uuid(),
  /** As last read: `3 of 10 updated`; null when the target says nothing. */
  progress: z.string().max(500).nullable(),
});
type Input = z.infer<typeof inputSchema>;

/** Shows on the card how far the target has come with an operation. Without a change it changes no card either. */
export function recordProgress(args: { ctx: Ctx; input: Input }): Promise<Result<null>> {
  return runVerb({ name: 'operation.record-progress', input: inputSchema, run: record }, args);
}

async function record(scope: Scope, { releaseId, operationId, progress }: Input): Promise<Result<null>> {
  const refusal = checkSystem(scope.ctx.actor, { releaseId });
  if (refusal) return { ok: false, refusal };
  const changed = await scope.tx
    .update(operations)
    .set({ progress })
    .where(
      and(
        eq(operations.id, operationId),
        eq(operations.state, 'verifying'),
        sql`${operations.progress} is distinct from ${progress}`,
      ),
    )
    .returning({ id: operations.id });
  if (changed.length > 0) scope.invalidateCards(releaseId);
  return done(null);
}
