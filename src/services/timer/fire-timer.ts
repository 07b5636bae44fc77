import { and, eq, lte, sql } from 'drizzle-orm';
import * as z from 'zod';
import { prepareQuery } from '../../db/prepare-query.ts';
import { lockRelease } from '../../db/queries/lock-release.ts';
import { timers } from '../../db/schema/outbox.ts';
import type { Ctx } from '../kernel/context.ts';
import { checkSystem } from '../kernel/permissions.ts';
import { done, type Result } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';
import { timerKinds } from './timer-kinds.ts';

const inputSchema = z.object({
  timerId: z.uuid(),
  releaseId: z.uuid().nullable(),
  revision: z.number().int(),
});
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
  const { releaseId } = input;
  const refusal = checkSystem(scope.ctx.actor, releaseId === null ? {} : { releaseId });
  if (refusal) return { ok: false, refusal };
  return done({
    fired:
      releaseId === null
        ? await fireAlone(scope, input)
        : await fireOfRelease(scope, { ...input, releaseId }),
  });
}

async function fireAlone(scope: Scope, input: Input): Promise<boolean> {
  const [timer] = await claimTimer(scope.tx, { ...input, now: new Date(scope.now) });
  if (!timer) return false;
  const kind = timerKinds.get(timer.kind);
  if (!('fireAlone' in kind)) throw new Error(`a timer ${timer.kind} needs a release`);
  await kind.fireAlone(scope, timer.subjectId);
  return true;
}

async function fireOfRelease(scope: Scope, input: Input & { releaseId: string }): Promise<boolean> {
  // The release first, then the timer: the order in which every request locks them.
  const [release, [timer]] = await Promise.all([
    lockRelease(scope.tx, { id: input.releaseId }),
    claimTimer(scope.tx, { ...input, now: new Date(scope.now) }),
  ]);
  if (!release || !timer) return false;
  const kind = timerKinds.get(timer.kind);
  if (!('fire' in kind)) throw new Error(`a timer ${timer.kind} has no release`);
  await kind.fire(scope, release, timer.subjectId);
  return true;
}

const claimTimer = prepareQuery<
  Pick<Input, 'timerId' | 'revision'> & { now: Date },
  Pick<typeof timers.$inferSelect, 'kind' | 'subjectId'>[]
>('claim timer', (db) =>
  db
    .update(timers)
    .set({ state: 'done' })
    .where(
      and(
        eq(timers.id, sql.placeholder('timerId')),
        eq(timers.revision, sql.placeholder('revision')),
        eq(timers.state, 'pending'),
        lte(timers.dueAt, sql.placeholder('now')),
      ),
    )
    .returning({ kind: timers.kind, subjectId: timers.subjectId }),
);
