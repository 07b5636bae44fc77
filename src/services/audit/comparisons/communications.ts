import { and, eq, or, sql } from 'drizzle-orm';
import { textOf, textOrNull } from '../../../core/audit/read-details.ts';
import { communications } from '../../../db/schema/release.ts';
import type { TrailComparison } from './comparison.ts';

const outcome = /^communication\.(sent|withheld)$/;

/** The items of the schedule of which it was decided that they go out, or do not, and why not. */
export const communicationComparison: TrailComparison = {
  what: 'the message',
  apply: (things, { action, subject, details }) => {
    if (subject === undefined) return [];
    const [, state] = outcome.exec(action) ?? [];
    if (state !== undefined) {
      things.set(subject, { key: textOf(details.key), state, note: textOrNull(details.note) });
    } else if (action === 'communication.overdue' || action === 'communication.planned') {
      // It is to come again: nothing is settled.
      things.delete(subject);
    } else return [];
    return [subject];
  },
  rows: async (db, releaseId) => {
    const { settledAt, state } = communications;
    // What was over before the release was planned was never settled.
    const isSettled = or(eq(state, 'sent'), sql`${settledAt} is not null`);
    const rows = await db
      .select()
      .from(communications)
      .where(and(eq(communications.releaseId, releaseId), isSettled));
    return new Map(rows.map(({ id, key, state, note }) => [id, { key, state, note }]));
  },
  mayBeGone: (events) => events.some(({ action }) => action === 'release.pruned'),
};
