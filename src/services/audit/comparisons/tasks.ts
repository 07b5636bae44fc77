import { and, eq, isNotNull } from 'drizzle-orm';
import { textOrNull } from '../../../core/audit/read-details.ts';
import { tasks } from '../../../db/schema/tasks.ts';
import type { TrailComparison } from './comparison.ts';

const states: Readonly<Record<string, string>> = {
  'task.done': 'done',
  'task.not_applicable': 'not-applicable',
};

/** What people have settled of their tasks, items of checklists among them: how, when, on what evidence or for which reason. */
export const taskComparison: TrailComparison = {
  what: 'the settled task',
  apply: (things, { action, at, subject, details }) => {
    if (subject === undefined) return [];
    if (action === 'task.reopened') {
      things.delete(subject);
      return [subject];
    }
    const state = states[action];
    if (state === undefined) return [];
    const said = { reason: textOrNull(details.reason), evidence: textOrNull(details.evidence) };
    things.set(subject, { state, settledAt: at, ...said });
    return [subject];
  },
  rows: async (db, releaseId) => {
    const rows = await db
      .select()
      .from(tasks)
      .where(and(eq(tasks.releaseId, releaseId), isNotNull(tasks.settledByName)));
    return new Map(
      rows.map(({ id, state, settledAt, reason, evidence }) => [
        id,
        { state, settledAt: settledAt?.toISOString() ?? null, reason, evidence },
      ]),
    );
  },
};
