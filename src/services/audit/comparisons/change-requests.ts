import { textOf } from '../../../core/audit/read-details.ts';
import { findChangeRequests } from '../../../db/queries/changes.ts';
import type { TrailComparison } from './comparison.ts';

/** Late changes: who asked for what and why, and what was decided. */
export const changeRequestComparison: TrailComparison = {
  what: 'the change request',
  apply: (things, { action, at, subject, details }) => {
    if (subject === undefined) return [];
    if (action === 'change.requested') {
      things.set(subject, {
        ...{ kind: textOf(details.kind), list: textOf(details.list), entry: textOf(details.entry) },
        ...{ reason: textOf(details.reason), requestedBy: textOf(details.by), requestedAt: at },
        ...{ state: 'open', decidedBy: null, decidedAt: null, refusal: null },
      });
    } else if (action === 'change.approved' || action === 'change.refused') {
      const decided = {
        decidedBy: textOf(details.by),
        decidedAt: at,
        refusal: textOf(details.reason) ?? null,
      };
      const state = action === 'change.approved' ? 'approved' : 'refused';
      things.set(subject, { ...things.get(subject), state, ...decided });
    } else return [];
    return [subject];
  },
  rows: async (db, releaseId) => {
    const rows = await findChangeRequests(db, releaseId);
    return new Map(
      rows.map(({ id, kind, list, entry, reason, state, refusal, ...row }) => [
        id,
        {
          ...{ kind, list, entry, reason, state, refusal },
          ...{ requestedBy: row.requestedByName, requestedAt: row.requestedAt.toISOString() },
          ...{ decidedBy: row.decidedByName, decidedAt: row.decidedAt?.toISOString() ?? null },
        },
      ]),
    );
  },
};
