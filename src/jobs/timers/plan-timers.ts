import { and, asc, eq, inArray, isNotNull, lte, sql } from 'drizzle-orm';
import { timers } from '../../db/schema/outbox.ts';
import type { WorkItem } from '../../services/ports/work-notifier.ts';
import type { JobServices } from '../job-services.ts';
import { horizonMs } from '../queue/notify-workers.ts';

/** At most so many rows are put into the queue at a time. */
const batchSize = 2_000;

/**
 * Puts the timers that are due within the horizon into the queue as delayed jobs, each once; returns how many. So
 * the queue holds no more than the next minutes, however many releases are planned.
 */
export async function planTimers({ db, clock, notifier }: JobServices): Promise<number> {
  const until = new Date(clock.instantAfter(horizonMs));
  // Not a subquery, which may be run again for every row and would find others each time.
  const unplanned = db.$with('unplanned').as(
    db
      .select({ id: timers.id })
      .from(timers)
      .where(
        and(
          eq(timers.state, 'pending'),
          lte(timers.dueAt, until),
          sql`${timers.enqueuedRevision} is distinct from ${timers.revision}`,
        ),
      )
      .orderBy(asc(timers.dueAt))
      .limit(batchSize)
      .for('update', { skipLocked: true }),
  );
  const planned = await db
    .with(unplanned)
    .update(timers)
    .set({ enqueuedRevision: timers.revision })
    .where(inArray(timers.id, db.select({ id: unplanned.id }).from(unplanned)))
    .returning({ timerId: timers.id, revision: timers.revision, dueAt: timers.dueAt });
  const workItems = planned.map((row): WorkItem => ({ job: 'timer', ...row, dueAt: row.dueAt.getTime() }));
  if (workItems.length > 0) await notifier.notify(workItems);
  return planned.length;
}

/** Forgets what is in the queue, so that it is put there again: the queue was emptied or the clock was moved. */
export async function forgetEnqueued({ db }: JobServices): Promise<void> {
  await db
    .update(timers)
    .set({ enqueuedRevision: null })
    .where(and(eq(timers.state, 'pending'), isNotNull(timers.enqueuedRevision)));
}
