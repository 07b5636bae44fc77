import { and, eq, inArray, sql } from 'drizzle-orm';
import { cards } from '../../db/schema/outbox.ts';
import { taskMessages } from '../../db/schema/tasks.ts';
import type { Scope } from '../kernel/scope.ts';
import { taskMessageKind } from './task-message-kind.ts';

/** Has the reminders and digests drawn again that a task is in: nobody is left with a button for what is settled. */
export async function redrawTaskMessages(scope: Scope, taskId: string): Promise<void> {
  const { agenda, id } = taskMessages;
  const isIn = sql`${agenda} -> 'waiting' ? ${taskId} or ${agenda} -> 'today' ? ${taskId} or ${agenda} -> 'week' ? ${taskId}`;
  const containing = scope.tx
    .select({ id: sql`${id}::text` })
    .from(taskMessages)
    .where(isIn);
  const stale = await scope.tx
    .update(cards)
    .set({ revision: sql`${cards.revision} + 1` })
    .where(and(eq(cards.kind, taskMessageKind), inArray(cards.subjectId, containing)))
    .returning({ destination: cards.destination });
  for (const { destination } of stale) scope.notify({ job: 'card', destination });
}
