import { eq } from 'drizzle-orm';
import { jsonOf, textOf, textOrNull } from '../../../core/audit/read-details.ts';
import { requests } from '../../../db/schema/requests.ts';
import type { TrailComparison } from './comparison.ts';

const step = /^second-person\.(\w+)$/;

/** What somebody asked for that takes a second person, and what became of it. */
export const requestComparison: TrailComparison = {
  what: 'the request for a second person',
  apply: (things, { action, at, actor, subject, details }) => {
    const [, to] = step.exec(action) ?? [];
    if (subject === undefined || to === undefined) return [];
    if (to === 'asked') {
      things.set(subject, {
        act: textOf(details.act),
        input: jsonOf(details.input),
        askedBy: actor,
        askedAt: at,
        state: 'open',
        decidedBy: null,
        reason: null,
      });
    } else {
      const decided = { decidedBy: textOrNull(details.name), reason: textOrNull(details.reason) };
      things.set(subject, { ...things.get(subject), state: to, ...decided });
    }
    return [subject];
  },
  rows: async (db, releaseId) => {
    const rows = await db.select().from(requests).where(eq(requests.releaseId, releaseId));
    return new Map(
      rows.map(({ id, act, input, platform, platformId, requestedAt, state, decidedByName, reason }) => [
        id,
        {
          ...{ act, input, askedBy: `${platform}:${platformId}`, askedAt: requestedAt.toISOString() },
          ...{ state, decidedBy: decidedByName, reason },
        },
      ]),
    );
  },
};
