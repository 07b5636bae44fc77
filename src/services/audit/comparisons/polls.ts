import { eq } from 'drizzle-orm';
import type { Json } from '../../../core/audit/canonical-json.ts';
import { jsonOf, listOf, numberOf, textOf, textOrNull } from '../../../core/audit/read-details.ts';
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
        ...(details.policy === undefined
          ? {}
          : { policy: jsonOf(details.policy), contents: jsonOf(details.contents), round: 1, changes: [] }),
      });
    } else if (action === 'poll.closed') {
      const closed = { state: 'closed', outcome: textOrNull(details.outcome), closedAt: at };
      things.set(subject, { ...things.get(subject), ...closed });
    } else if (action === 'poll.revised') {
      things.set(subject, { ...things.get(subject), outcome: textOf(details.outcome) });
    } else if (action === 'votes.outdated') {
      const [contents, round] = [jsonOf(details.contents), numberOf(details.round)];
      const asked = { roles: listOf(details.roles), policy: jsonOf(details.policy) };
      things.set(subject, {
        ...things.get(subject),
        ...{ contents, round, ...asked, changes: listOf(details.changed) },
      });
    } else return [];
    return [subject];
  },
  rows: async (db, releaseId) => {
    const rows = await db.select().from(polls).where(eq(polls.releaseId, releaseId));
    return new Map(
      rows.map(({ id, kind, roles, state, outcome, closedAt, policy, contents, round, changes }) => [
        id,
        {
          ...{ kind, roles, state, outcome, closedAt: closedAt?.toISOString() ?? null },
          ...{ policy: asJson(policy), contents: asJson(contents), round, changes },
        },
      ]),
    );
  },
};

/** What is stored as JSON is JSON. */
function asJson(value: unknown): Json {
  return JSON.parse(JSON.stringify(value));
}
