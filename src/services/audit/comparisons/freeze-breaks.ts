import { eq } from 'drizzle-orm';
import { textOf } from '../../../core/audit/read-details.ts';
import { freezeBreaks } from '../../../db/schema/freezes.ts';
import type { TrailComparison } from './comparison.ts';

/** Which freezes a release was let through: each by its instant, since its event names no row. */
export const freezeBreakComparison: TrailComparison = {
  what: 'the break of a freeze at',
  apply: (things, { action, at, details }) => {
    if (action !== 'freeze.broken') return [];
    things.set(at, { reason: textOf(details.reason), until: textOf(details.until) });
    return [at];
  },
  rows: async (db, releaseId) => {
    const rows = await db.select().from(freezeBreaks).where(eq(freezeBreaks.releaseId, releaseId));
    return new Map(
      rows.map(({ brokenAt, reason, until }) => [
        brokenAt.toISOString(),
        { reason, until: until.toISOString() },
      ]),
    );
  },
};
