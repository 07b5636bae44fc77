import { eq } from 'drizzle-orm';
import type { Stated } from '../../../core/audit/compare-with-trail.ts';
import { numberOf, textOf, textOrNull } from '../../../core/audit/read-details.ts';
import type { TrailEvent } from '../../../core/audit/trail-event.ts';
import { operations } from '../../../db/schema/rollout.ts';
import type { TrailComparison } from './comparison.ts';

const step = /^operation\.(promote|rollback|abort|pause|resume)\.(\w+)$/;

/** Promotions and rollbacks: what was asked for, by whom, and what became of it; and what people recorded. */
export const operationComparison: TrailComparison = {
  what: 'the operation',
  apply: (things, { action, at, actor, subject, details }) => {
    if (subject === undefined) return [];
    if (action === 'rollout.traffic-read') {
      const id = textOf(details.operationId) ?? '';
      const known = things.get(id);
      if (known) things.set(id, { ...known, observedPercent: numberOf(details.observedPercent) });
      return known ? [id] : [];
    }
    const asked = {
      fromPercent: numberOf(details.fromPercent),
      toPercent: numberOf(details.toPercent),
      requestedBy: textOrNull(details.requestedBy) ?? actor,
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
      things.set(subject, { ...things.get(subject), ...resultOf(details), state: to });
    } else return [];
    return [subject];
  },
  rows: async (db, releaseId) => {
    const rows = await db.select().from(operations).where(eq(operations.releaseId, releaseId));
    return new Map(
      rows.map(({ id, requestedAt, ...row }) => [
        id,
        {
          ...{ kind: row.kind, state: row.state, fromPercent: row.fromPercent, toPercent: row.toPercent },
          ...{ reason: row.reason, observedPercent: row.observedPercent },
          // Until it has ended, the row also says why an attempt failed.
          ...(row.finishedAt === null ? {} : { error: row.error }),
          ...{ requestedBy: row.requestedBy, requestedAt: requestedAt.toISOString() },
          decision: row.decisionId,
        },
      ]),
    );
  },
  // Older ones go some time after the release has ended.
  mayBeGone: (events) => events.some(({ action }) => action === 'release.pruned'),
};

/** What a step has read from the target: nothing means that what was read before stands. */
function resultOf({ observedPercent, error }: TrailEvent['details']): Stated {
  const seen = numberOf(observedPercent);
  return { error: textOrNull(error), ...(typeof seen === 'number' ? { observedPercent: seen } : {}) };
}
