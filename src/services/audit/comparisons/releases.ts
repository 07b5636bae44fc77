import { eq } from 'drizzle-orm';
import type { Stated } from '../../../core/audit/compare-with-trail.ts';
import { textOf } from '../../../core/audit/read-details.ts';
import { planDigest } from '../../../core/plan/plan-digest.ts';
import { releases } from '../../../db/schema/release.ts';
import type { TrailComparison } from './comparison.ts';

/** The release itself: who planned it, its state, its go-live, its plan. */
export const releaseComparison: TrailComparison = {
  what: 'the release',
  apply: (things, { action, at, actor, details }) => {
    const id = 'itself';
    if (action === 'release.created') {
      things.set(id, {
        key: textOf(details.key),
        createdBy: actor,
        createdAt: at,
        state: 'draft',
        goLiveAt: textOf(details.goLiveAt),
        plan: textOf(details.planDigest),
      });
      return [id];
    }
    const changed = changedBy(action, details);
    const known = things.get(id);
    if (!changed || !known) return [];
    things.set(id, { ...known, ...changed });
    return [id];
  },
  rows: async (db, releaseId) => {
    const [row] = await db.select().from(releases).where(eq(releases.id, releaseId));
    if (!row) return new Map();
    const { key, createdBy, state, plan } = row;
    const [createdAt, goLiveAt] = [row.createdAt.toISOString(), row.goLiveAt.toISOString()];
    return new Map([['itself', { key, createdBy, createdAt, state, goLiveAt, plan: planDigest(plan) }]]);
  },
};

/** Events about a plan are of any version: from before plans had a digest in the trail, nothing is known of it. */
function changedBy(action: string, details: { [key: string]: unknown }): Stated | null {
  switch (action) {
    case 'release.moved':
      return { state: textOf(details.to) };
    case 'release.rescheduled':
      return { goLiveAt: textOf(details.to), plan: textOf(details.planDigest) };
    case 'release.edited':
    case 'role.reassigned':
      return { plan: textOf(details.planDigest) };
    default:
      return null;
  }
}
