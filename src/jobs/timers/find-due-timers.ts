import { and, asc, desc, eq, inArray, lte, notExists, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { isAhead, isPast } from '../../db/queries/is-past.ts';
import { timers } from '../../db/schema/outbox.ts';
import { communications } from '../../db/schema/release.ts';
import { maxBackOffMs } from '../../lib/back-off.ts';
import { timerKind as communication } from '../../services/timer/kinds/communication.ts';
import { timerKinds } from '../../services/timer/timer-kinds.ts';
import type { JobServices } from '../job-services.ts';

/**
 * So many failures of a timer hold back what comes later in its release, for about half a minute, so that nothing
 * is sent out of order. After that, one broken message must not keep the whole release waiting.
 */
export const holdingFailures = 5;

const firstKinds = timerKinds.entries.filter(({ isFirst }) => isFirst).map(({ name }) => name);

/** A timer whose instant has come. */
export type DueTimer = Awaited<ReturnType<typeof findDueTimers>>[number];

/**
 * The first `limit` timers that may be fired now, in the order in which they are due; what is due at one instant
 * in a release is in the schedule's order.
 */
export function findDueTimers({ db, clock }: JobServices, limit: number) {
  const wall = clock.wall();
  const failed = alias(timers, 'failed');
  const heldBack = db
    .select({ id: failed.id })
    .from(failed)
    .where(
      and(
        eq(failed.releaseId, timers.releaseId),
        eq(failed.state, 'pending'),
        lte(failed.dueAt, timers.dueAt),
        isAhead(failed.notBefore, wall, maxBackOffMs),
        lte(failed.attempts, holdingFailures),
      ),
    );
  const { id, releaseId, revision, attempts, kind, dueAt } = timers;
  const communicationId = sql`case when ${timers.kind} = ${communication.name} then ${timers.subjectId}::uuid end`;
  return db
    .select({ id, releaseId, revision, attempts, kind, dueAt })
    .from(timers)
    .leftJoin(communications, eq(communications.id, communicationId))
    .where(
      and(
        eq(timers.state, 'pending'),
        lte(timers.dueAt, new Date(clock.now())),
        isPast(timers.notBefore, wall, maxBackOffMs),
        notExists(heldBack),
      ),
    )
    .orderBy(
      asc(timers.dueAt),
      desc(inArray(timers.kind, firstKinds)),
      sql`${communications.position} nulls last`,
      asc(timers.id),
    )
    .limit(limit);
}
