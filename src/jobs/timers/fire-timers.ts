import { and, eq, sql } from 'drizzle-orm';
import pMap from 'p-map';
import { timers } from '../../db/schema/outbox.ts';
import { backOffMs } from '../../lib/back-off.ts';
import { errorMessage } from '../../lib/error-message.ts';
import { groupBy } from '../../lib/group-by.ts';
import { timerLatenessSeconds } from '../../lib/telemetry.ts';
import { asSystem } from '../../services/kernel/context.ts';
import { fireTimer } from '../../services/timer/fire-timer.ts';
import type { JobServices } from '../job-services.ts';
import { type DueTimer, findDueTimers, holdingFailures } from './find-due-timers.ts';

/** So many timers are looked up at a time. */
const batchSize = 1_000;
/** Timers of so many releases are fired side by side, each in a transaction of its own. */
const concurrency = 8;

/**
 * Fires every timer that is due, those of one release in the order in which they are due. Returns how many were
 * found. Several processes may run it at once: each timer is claimed in its transaction.
 */
export async function fireDueTimers(jobs: JobServices): Promise<number> {
  let found = 0;
  for (;;) {
    const due = await findDueTimers(jobs, batchSize);
    if (due.length === 0 || jobs.stopping.aborted) return found;
    found += due.length;
    // Those of people belong to no release, and each stands for itself.
    const releases = [...groupBy(due, ({ id, releaseId }) => releaseId ?? id).values()];
    // A release whose timers fail keeps no other from firing.
    await pMap(releases, (ofRelease) => fireInOrder(jobs, ofRelease), { concurrency, stopOnError: false });
    if (due.length < batchSize) return found;
  }
}

/** Stops at a timer that fails, unless it has failed too often to be waited for. */
async function fireInOrder(jobs: JobServices, due: readonly DueTimer[]): Promise<void> {
  for (const timer of due) {
    if (jobs.stopping.aborted || !(await fire(jobs, timer))) return;
  }
}

/** Returns whether the release may go on with its next timer. */
async function fire(jobs: JobServices, timer: DueTimer): Promise<boolean> {
  const { id, releaseId, revision, attempts, kind, dueAt } = timer;
  try {
    const fired = await fireTimer({ ctx: asSystem(jobs), input: { timerId: id, releaseId, revision } });
    // Of those that another process was to fire, it has said how late they were.
    if (fired.ok && fired.value.fired)
      timerLatenessSeconds.observe({ kind }, Math.max(0, jobs.clock.now() - dueAt.getTime()) / 1_000);
    return true;
  } catch (error) {
    const isPostponed = await postpone(jobs, { id, revision, attempts: attempts + 1 }, errorMessage(error));
    return !isPostponed || attempts >= holdingFailures;
  }
}

/** Returns false when the timer was done, moved or cancelled meanwhile: it failed for that, or no longer matters. */
async function postpone(
  { db, clock, log, random }: JobServices,
  { id, revision, attempts }: { id: string; revision: number; attempts: number },
  note: string,
): Promise<boolean> {
  const notBefore = new Date(clock.wall() + backOffMs(attempts, random));
  const postponed = await db
    .update(timers)
    .set({ attempts: sql`${timers.attempts} + 1`, notBefore, error: note })
    .where(and(eq(timers.id, id), eq(timers.revision, revision), eq(timers.state, 'pending')))
    .returning({ id: timers.id });
  const about = { timerId: id, attempts, note };
  if (postponed.length > 0) log.error(about, 'a timer failed and will be tried again');
  else log.warn(about, 'a timer failed; meanwhile it was done, moved or cancelled');
  return postponed.length > 0;
}
