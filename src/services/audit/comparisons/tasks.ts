import { eq } from 'drizzle-orm';
import { textOf, textOrNull } from '../../../core/audit/read-details.ts';
import { tasks } from '../../../db/schema/tasks.ts';
import type { TrailComparison } from './comparison.ts';

/**
 * What people ticked or called not applicable, on what evidence. What a release settles by itself follows from it, and a
 * plan that changes sets tasks aside: so a task that is open again is only news while its evidence is still there.
 */
export const taskComparison: TrailComparison = {
  what: 'the task',
  apply: (things, { action, subject, details }) => {
    if (subject === undefined) return [];
    if (action === 'task.done' || action === 'task.not_applicable') {
      things.set(subject, { evidence: textOrNull(details.evidence), key: textOf(details.key) });
    } else if (action === 'task.reopened') {
      things.set(subject, { evidence: null, key: textOf(details.key) });
    } else return [];
    return [subject];
  },
  rows: async (db, releaseId) => {
    const rows = await db.select().from(tasks).where(eq(tasks.releaseId, releaseId));
    return new Map(rows.map(({ id, key, evidence }) => [id, { key, evidence }]));
  },
  knowsAll: false,
};
