import { eq } from 'drizzle-orm';
import { operations } from '../../../db/schema/rollout.ts';
import type { TrailComparison } from './comparison.ts';
import { numberOf, textOrNull } from './read-details.ts';

const step = /^operation\.(promote|rollback)\.(\w+)$/;

/** Promotions and rollbacks: what was asked for, by whom, and what became of it; and what people recorded. */
export const operationComparison: TrailComparison = {
  what: 'the operation',
  apply: (things, { action, at, actor, subject, details }) => {
    if (subject === undefined) return [];
    const asked = {
      fromPercent: numberOf(details.fromPercent),
      toPercent: numberOf(details.toPercent),
      requestedBy: actor,
      requestedAt: at,
      decision: textOrNull(details.decision),
    };
    const [, kind, to] = step.exec(action) ?? [];
    if (action === 'deployment.recorded') {
      const recorded = details.toPercent === 0 ? 'rollback' : 'promote';
      things.set(subject, { ...asked, kind: recorded, reason: textOrNull(details.note), state: 'recorded' });
    } else if (to === 'requested') {
      things.set(subject, { ...asked, kind, reason: textOrNull(details.reason), state: 'confirmed' });
    } else if (to !== undefined) {
      things.set(subject, { ...things.get(subject), state: to });
    } else return [];
    return [subject];
  },
  rows: async (db, releaseId) => {
    const rows = await db.select().from(operations).where(eq(operations.releaseId, releaseId));
    return new Map(
      rows.map(
        ({ id, kind, state, fromPercent, toPercent, reason, requestedBy, requestedAt, decisionId }) => [
          id,
          {
            ...{ kind, state, fromPercent, toPercent, reason, requestedBy },
            ...{ requestedAt: requestedAt.toISOString(), decision: decisionId },
          },
        ],
      ),
    );
  },
  // Older ones go some time after the release has ended.
  mayBeGone: (events) => events.some(({ action }) => action === 'release.pruned'),
};
