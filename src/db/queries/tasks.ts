import { asc, eq, inArray } from 'drizzle-orm';
import { tasks } from '../schema/tasks.ts';
import type { Queries } from '../transaction.ts';

type TaskRow = typeof tasks.$inferSelect;

/** A task of a release; instants are epoch ms. */
export type Task = Omit<TaskRow, 'dueAt' | 'addedAt' | 'settledAt' | 'snoozedUntil'> & {
  dueAt: number;
  addedAt: number;
  settledAt: number | null;
  snoozedUntil: number | null;
};

export async function findTask(db: Queries, id: string): Promise<Task | null> {
  const [row] = await db.select().from(tasks).where(eq(tasks.id, id));
  return row ? toTask(row) : null;
}

/** All tasks of some releases, in the order in which they are due. */
export async function findTasks(db: Queries, releaseIds: readonly string[]): Promise<Task[]> {
  if (releaseIds.length === 0) return [];
  const rows = await db
    .select()
    .from(tasks)
    .where(inArray(tasks.releaseId, [...releaseIds]))
    .orderBy(asc(tasks.dueAt), asc(tasks.key));
  return rows.map(toTask);
}

function toTask({ dueAt, addedAt, settledAt, snoozedUntil, ...row }: TaskRow): Task {
  return {
    ...row,
    dueAt: dueAt.getTime(),
    addedAt: addedAt.getTime(),
    settledAt: settledAt?.getTime() ?? null,
    snoozedUntil: snoozedUntil?.getTime() ?? null,
  };
}
