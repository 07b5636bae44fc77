import { eq } from 'drizzle-orm';
import { listOf, textOf, textOrNull, textsOf } from '../../../core/audit/read-details.ts';
import { polls, votes } from '../../../db/schema/go-no-go.ts';
import type { TrailComparison } from './comparison.ts';

/** The standing vote of each role of a poll. Accounts are connected later on, so the name stands for the person. */
export const voteComparison: TrailComparison = {
  what: 'the vote',
  apply: (things, { action, at, subject = '', details }) => {
    if (action === 'votes.cleared') {
      const cleared = [...things.keys()].filter((id) => id.startsWith(`${subject} `));
      for (const id of cleared) things.delete(id);
      return cleared;
    }
    if (action !== 'vote.cast') return [];
    const [holders, names] = [textsOf(details.inPlaceOf), textsOf(details.names)];
    return listOf(details.roles).map((role) => {
      const id = `${subject} ${role}`;
      const [choice, reason] = [textOf(details.choice), textOrNull(details.reason)];
      things.set(id, { choice, reason, inPlaceOf: holders[role] ?? null, by: names[role], votedAt: at });
      return id;
    });
  },
  rows: async (db, releaseId) => {
    const rows = await db
      .select({ vote: votes })
      .from(votes)
      .innerJoin(polls, eq(votes.pollId, polls.id))
      .where(eq(polls.releaseId, releaseId));
    return new Map(
      rows.map(({ vote: { pollId, role, choice, reason, inPlaceOf, personName, votedAt } }) => [
        `${pollId} ${role}`,
        { choice, reason, inPlaceOf, by: personName, votedAt: votedAt.toISOString() },
      ]),
    );
  },
};
