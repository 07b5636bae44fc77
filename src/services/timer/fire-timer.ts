import { and, eq, lte } from 'drizzle-orm';
import * as z from 'zod';
import { lockRelease } from '../../db/queries/lock-release.ts';
import { timers } from '../../db/schema/outbox.ts';
import type { Ctx } from '../kernel/context.ts';
import { checkSystem } from '../kernel/permissions.ts';
import { done, type Result } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';
import { timerKinds } from './timer-kinds.ts';

const inputSchema = z.object({ timerId: z.uuid(), releaseId: z.uuid(), revision: z.number().int() });
type Input = z.infer<typeof inputSchema>;

/**
 * Carries out a due timer. It is claimed in the transaction that does what it is for, so it happens exactly once;
 * a timer that was moved, cancelled or done already is left alone.
 * @throws when what it is for fails; the timer is then still pending.
 */
export function fireTimer(args: { ctx: Ctx; input: Input }): Promise<Result<{ fired: boolean }>> {
  return runVerb({ name: 'timer.fire', input: inputSchema, run: fire }, args);
}

async function fire(scope: Scope, input: Input): Promise<Result<{ fired: boolean }>> {
  const refusal = checkSystem(scope.ctx.actor, { releaseId: input.releaseId });
  if (refusal) return { ok: false, refusal };
  // The release first, then the timer: the order in which every request locks them.
  const release = await lockRelease(scope.tx, { id: input.releaseId });
  if (!release) return done({ fired: false });
  const timer = await claimTimer(scope, input);
  if (!timer) return done({ fired: false });
  await timerKinds.get(timer.kind).fire(scope, release, timer.subjectId);
  return done({ fired: true });
}

async function claimTimer({ tx, now }: Scope, { timerId, revision }: Input) {
  const [timer] = await tx
    .update(timers)
    .set({ state: 'done' })
    .where(
      and(
        eq(timers.id, timerId),
        eq(timers.revision, revision),
        eq(timers.state, 'pending'),
        lte(timers.dueAt, new Date(now)),
      ),
    )
    .returning({ kind: timers.kind, subjectId: timers.subjectId });
  return timer;
}
