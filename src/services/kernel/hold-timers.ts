import { and, eq, inArray, sql } from 'drizzle-orm';
import { timers } from '../../db/schema/outbox.ts';
import type { Scope } from './scope.ts';

/** Holds everything that is to come of a release, until `releaseTimers`. */
export async function holdTimers({ tx }: Scope, releaseId: string): Promise<void> {
  await tx
    .update(timers)
    .set({ state: 'held', revision: sql`${timers.revision} + 1` })
    .where(and(eq(timers.releaseId, releaseId), eq(timers.state, 'pending')));
}

/** Lets go on what was held; what has become due meanwhile is done at once. Returns how many of those there are. */
export async function releaseTimers(scope: Scope, releaseId: string): Promise<number> {
  const going = await scope.tx
    .update(timers)
    .set({ state: 'pending', revision: sql`${timers.revision} + 1`, enqueuedRevision: null })
    .where(and(eq(timers.releaseId, releaseId), eq(timers.state, 'held')))
    .returning({ timerId: timers.id, revision: timers.revision, dueAt: timers.dueAt });
  const items = going.map(({ dueAt, ...timer }) => ({ ...timer, dueAt: dueAt.getTime() }));
  for (const timer of items) scope.notify({ job: 'timer', ...timer });
  return items.filter(({ dueAt }) => dueAt <= scope.now).length;
}

/** Nothing more of a release is to come. */
export async function cancelAllTimers({ tx }: Scope, releaseId: string): Promise<void> {
  await tx
    .update(timers)
    .set({ state: 'cancelled', revision: sql`${timers.revision} + 1` })
    .where(and(eq(timers.releaseId, releaseId), inArray(timers.state, ['pending', 'held'])));
}
