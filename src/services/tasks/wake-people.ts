import { and, eq, gt, inArray, sql } from 'drizzle-orm';
import { nextAgendaAt } from '../../core/tasks/person-agenda.ts';
import type { Release } from '../../db/queries/load-release.ts';
import { findOpenTasks } from '../../db/queries/tasks.ts';
import { timers } from '../../db/schema/outbox.ts';
import { agendas } from '../../db/schema/tasks.ts';
import { setTimer } from '../kernel/effects.ts';
import type { Scope } from '../kernel/scope.ts';
import { digestOf } from './digest-of.ts';
import { ownTasks } from './own-tasks.ts';

/** The timer of a person, whose subject they are. There is one at a time, however many tasks and releases they have. */
export const remindKind = 'remind-person';

/**
 * Sees to it that whoever has a role in a release hears of its tasks in time: their timer is set, or comes sooner. One
 * that comes too soon finds nothing to say. The caller has written the tasks.
 */
export async function wakePeople(scope: Scope, release: Release): Promise<void> {
  const tasks = await findOpenTasks(scope.tx, [release.id]);
  const people = [...new Set(release.people.map(({ personId }) => personId))].sort();
  const wanted = people.map((personId) => ({
    personId,
    at: nextAgendaAt(ownTasks([release], tasks, personId), {
      after: scope.now,
      digest: digestOf(scope.ctx, [release], personId),
    }),
  }));
  await wakeAt(scope, wanted);
}

/** Locks the agendas in one order, so that two requests can't deadlock over them. */
async function wakeAt(scope: Scope, wanted: readonly { personId: string; at: number }[]): Promise<void> {
  if (wanted.length === 0) return;
  const heardUntil = new Date(scope.now);
  await scope.tx
    .insert(agendas)
    .values(wanted.map(({ personId }) => ({ personId, heardUntil })))
    .onConflictDoUpdate({ target: agendas.personId, set: { heardUntil: sql`${agendas.heardUntil}` } });
  const set = await scope.tx
    .select({ subjectId: timers.subjectId, dueAt: timers.dueAt })
    .from(timers)
    .where(isPending(wanted.map(({ personId }) => personId)));
  await forgetPassed(
    scope,
    set.filter(({ dueAt }) => dueAt > heardUntil).map(({ subjectId }) => subjectId),
  );
  for (const { personId, at } of wanted) {
    const isSet = set.some(({ subjectId }) => subjectId === personId);
    if (isSet) await bringForward(scope, personId, at);
    else await setTimer(scope, { releaseId: null, kind: remindKind, subjectId: personId, dueAt: at });
  }
}

/** What would have been said before the change, had it been so then, is not said now; unless something is due already. */
async function forgetPassed({ tx, now }: Scope, personIds: readonly string[]): Promise<void> {
  if (personIds.length === 0) return;
  await tx
    .update(agendas)
    .set({ heardUntil: new Date(now) })
    .where(inArray(agendas.personId, [...personIds]));
}

function isPending(personIds: readonly string[]) {
  return and(
    eq(timers.kind, remindKind),
    inArray(timers.subjectId, [...personIds]),
    eq(timers.state, 'pending'),
  );
}

/** A job for the old instant finds nothing. */
async function bringForward(scope: Scope, personId: string, at: number): Promise<void> {
  const moved = await scope.tx
    .update(timers)
    .set({ dueAt: new Date(at), revision: sql`${timers.revision} + 1`, enqueuedRevision: null })
    .where(and(isPending([personId]), gt(timers.dueAt, new Date(at))))
    .returning({ timerId: timers.id, revision: timers.revision });
  for (const timer of moved) scope.notify({ job: 'timer', ...timer, dueAt: at });
}
