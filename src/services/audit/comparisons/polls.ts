import { eq } from 'drizzle-orm';
import { listOf, textOf, textOrNull } from '../../../core/audit/read-details.ts';
import { polls } from '../../../db/schema/go-no-go.ts';
import type { TrailComparison } from './comparison.ts';

/** What was asked, of which roles, and how it came out. */
export const pollComparison: TrailComparison = {
  what: 'the poll',
  apply: (things, { action, at, subject, details }) => {
    if (subject === undefined) return [];
    if (action === 'poll.opened') {
      const kind = textOf(details.kind);
      things.set(subject, {
        kind,
        roles: listOf(details.roles),
        state: 'open',
        outcome: null,
        closedAt: null,
      });
    } else if (action === 'poll.closed') {
      const closed = { state: 'closed', outcome: textOrNull(details.outcome), closedAt: at };
      things.set(subject, { ...things.get(subject), ...closed });
    } else return [];
    return [subject];
  },
  rows: async (db, releaseId) => {
    const rows = await db.select().from(polls).where(eq(polls.releaseId, releaseId));
    return new Map(
      rows.map(({ id, kind, roles, state, outcome, closedAt }) => [
        id,
        { kind, roles, state, outcome, closedAt: closedAt?.toISOString() ?? null },
      ]),
    );
  },
};
