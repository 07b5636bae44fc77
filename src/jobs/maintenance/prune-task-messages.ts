import { and, eq, inArray, isNull, lt, sql } from 'drizzle-orm';
import { cards, timers } from '../../db/schema/outbox.ts';
import { taskMessages } from '../../db/schema/tasks.ts';
import { taskMessageKind } from '../../services/tasks/task-message-kind.ts';
import type { JobServices } from '../job-services.ts';

/** How long reminders and digests are kept up to date, in ms of the release's clock. */
const keptMs = 14 * 86_400_000;

/**
 * Forgets reminders and digests that are two weeks old, and the timers that brought them. Their buttons still work, but
 * their words stay as they are.
 */
export async function pruneTaskMessages({ db, clock }: Pick<JobServices, 'db' | 'clock'>): Promise<void> {
  const before = new Date(clock.now() - keptMs);
  const old = lt(taskMessages.sentAt, before);
  const ids = db
    .select({ id: sql`${taskMessages.id}::text` })
    .from(taskMessages)
    .where(old);
  await db.delete(cards).where(and(eq(cards.kind, taskMessageKind), inArray(cards.subjectId, ids)));
  await db.delete(taskMessages).where(old);
  const fired = and(isNull(timers.releaseId), eq(timers.state, 'done'), lt(timers.dueAt, before));
  await db.delete(timers).where(fired);
}
