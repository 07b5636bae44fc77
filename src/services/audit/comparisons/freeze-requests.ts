import { textOf } from '../../../core/audit/read-details.ts';
import { freezeRequests } from '../../../db/schema/freezes.ts';
import type { TrailComparison } from './comparison.ts';

/** Who wanted everything held, why, and whether a second person agreed. */
export const freezeRequestComparison: TrailComparison = {
  what: 'the request to freeze',
  about: 'freeze.',
  apply: (things, { action, at, subject, details }) => {
    if (subject === undefined) return [];
    if (action === 'freeze.requested') {
      const asked = { reason: textOf(details.reason), until: textOf(details.until), requestedAt: at };
      things.set(subject, { ...asked, state: 'open', decidedAt: null });
    } else if (action === 'freeze.approved' || action === 'freeze.withdrawn') {
      const state = action === 'freeze.approved' ? 'approved' : 'withdrawn';
      things.set(subject, { ...things.get(subject), state, decidedAt: at });
    } else return [];
    return [subject];
  },
  rows: async (db) => {
    const rows = await db.select().from(freezeRequests);
    return new Map(
      rows.map(({ id, reason, until, requestedAt, state, decidedAt }) => [
        id,
        {
          ...{ reason, state, until: until.toISOString(), requestedAt: requestedAt.toISOString() },
          decidedAt: decidedAt?.toISOString() ?? null,
        },
      ]),
    );
  },
};
