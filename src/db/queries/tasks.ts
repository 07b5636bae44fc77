import { and, asc, eq, exists, gt, inArray, or } from 'drizzle-orm';
import { staffedStates, underWayStates } from '../../core/release/release-state.ts';
import { releasePeople, releases } from '../schema/release.ts';
import { taskMessages, tasks } from '../schema/tasks.ts';
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

/** Some tasks by their ids, in the order in which they are due. */
export async function findTasksById(db: Queries, ids: readonly string[]): Promise<Task[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .select()
    .from(tasks)
    .where(inArray(tasks.id, [...ids]))
    .orderBy(asc(tasks.dueAt), asc(tasks.key));
  return rows.map(toTask);
}

/** The open tasks of some releases that people settle, in the order in which they are due. */
export async function findOpenTasks(db: Queries, releaseIds: readonly string[]): Promise<Task[]> {
  if (releaseIds.length === 0) return [];
  const rows = await db
    .select()
    .from(tasks)
    .where(
      and(inArray(tasks.releaseId, [...releaseIds]), eq(tasks.state, 'open'), eq(tasks.settledBy, 'people')),
    )
    .orderBy(asc(tasks.dueAt), asc(tasks.key));
  return rows.map(toTask);
}

/** So long after a release has ended are people reminded of what is left of it, in ms. */
const afterEndMs = 7 * 86_400_000;

/**
 * The ids of the releases in which somebody may be reminded of something at `now` (epoch ms): they have a role, and it is
 * under way, or has ended within a week with something left to do. Not when it was cancelled.
 */
export async function findRemindedReleases(
  db: Queries,
  { personId, now }: { personId: string; now: number },
): Promise<string[]> {
  const rows = await db
    .selectDistinct({ id: releases.id })
    .from(releases)
    .innerJoin(releasePeople, eq(releasePeople.releaseId, releases.id))
    .where(
      and(
        eq(releasePeople.personId, personId),
        inArray(releases.state, [...staffedStates, 'rolled_back']),
        or(
          inArray(releases.state, [...underWayStates]),
          and(gt(releases.endedAt, new Date(now - afterEndMs)), exists(hasOpenTask(db))),
        ),
      ),
    );
  return rows.map(({ id }) => id);
}

function hasOpenTask(db: Queries) {
  const isOpen = and(eq(tasks.state, 'open'), eq(tasks.settledBy, 'people'));
  return db
    .select({ id: tasks.id })
    .from(tasks)
    .where(and(eq(tasks.releaseId, releases.id), isOpen));
}

/** What somebody was told of their tasks at one time. */
export type TaskMessage = typeof taskMessages.$inferSelect;

export async function findTaskMessage(db: Queries, id: string): Promise<TaskMessage | null> {
  const [row] = await db.select().from(taskMessages).where(eq(taskMessages.id, id));
  return row ?? null;
}
