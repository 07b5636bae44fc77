import { asc, eq } from 'drizzle-orm';
import type { Stated, StatedThings } from '../../../core/audit/compare-with-trail.ts';
import { listOf, recordOf, textOf, textOrNull, textsOf } from '../../../core/audit/read-details.ts';
import { polls, votes } from '../../../db/schema/go-no-go.ts';
import type { Queries } from '../../../db/transaction.ts';
import type { TrailComparison } from './comparison.ts';

/**
 * The votes of each role of a poll: the standing one by its poll and role, those before it with their number. Accounts
 * are connected later on, so the name stands for the person.
 */
export const voteComparison: TrailComparison = {
  what: 'the vote',
  apply: (things, { action, at, subject = '', details }) => {
    if (action === 'votes.cleared') return dropStanding(things, subject);
    if (action === 'votes.outdated')
      return standingOf(things, subject).flatMap((id) => end(things, id, { at, by: 'outdated' }));
    if (action === 'condition.judged')
      return listOf(details.roles).flatMap((role) => {
        const id = `${textOf(details.poll)} ${role}`;
        things.set(id, { ...things.get(id), verdict: textOf(details.verdict) });
        return [id];
      });
    if (action !== 'vote.cast') return [];
    const [holders, names] = [textsOf(details.inPlaceOf), textsOf(details.names)];
    return listOf(details.roles).flatMap((role) => {
      const id = `${subject} ${role}`;
      // Before each vote was kept, the next one took its place.
      const ended = things.has(id) && 'round' in details ? end(things, id, { at, by: 'changed' }) : [];
      const [choice, reason] = [textOf(details.choice), textOrNull(details.reason)];
      const by = { inPlaceOf: holders[role] ?? null, by: names[role] };
      things.set(id, { choice, reason, ...by, votedAt: at, ...laterDetails(details) });
      return [...ended, id];
    });
  },
  rows: rowsOf,
};

/** What an event of a vote says since each is kept; an older one leaves it out. */
function laterDetails(details: Parameters<TrailComparison['apply']>[1]['details']): Stated {
  if (!('round' in details)) return {};
  const condition = recordOf(details.condition);
  return {
    category: textOrNull(details.category),
    condition: textOrNull(condition.text),
    conditionTask: textOrNull(condition.task),
    evidence: textOrNull(details.evidence),
    verdict: null,
    ended: null,
  };
}

type Things = Parameters<TrailComparison['apply']>[0];

function standingOf(things: Things, pollId: string): string[] {
  return [...things.keys()].filter((id) => id.startsWith(`${pollId} `) && !id.includes('#'));
}

function dropStanding(things: Things, pollId: string): string[] {
  const cleared = standingOf(things, pollId);
  for (const id of cleared) things.delete(id);
  return cleared;
}

/** A standing vote becomes one of those before: `<poll> <role> #1`. */
function end(things: Things, id: string, { at, by }: { at: string; by: string }): string[] {
  const vote = things.get(id);
  if (!vote) return [];
  const count = [...things.keys()].filter((other) => other.startsWith(`${id} #`)).length;
  const ended = `${id} #${count + 1}`;
  things.set(ended, { ...vote, ended: `${by} ${at}` });
  things.delete(id);
  return [ended, id];
}

async function rowsOf(db: Queries, releaseId: string): Promise<StatedThings> {
  const rows = await db
    .select({ vote: votes })
    .from(votes)
    .innerJoin(polls, eq(votes.pollId, polls.id))
    .where(eq(polls.releaseId, releaseId))
    .orderBy(asc(votes.seq));
  const counts = new Map<string, number>();
  return new Map(
    rows.map(({ vote }) => {
      const id = `${vote.pollId} ${vote.role}`;
      const number = (counts.get(id) ?? 0) + 1;
      if (vote.endedAt) counts.set(id, number);
      return [vote.endedAt ? `${id} #${number}` : id, rowOf(vote)];
    }),
  );
}

function rowOf(vote: typeof votes.$inferSelect): Stated {
  const { choice, reason, inPlaceOf, personName, votedAt, category, condition } = vote;
  const { conditionTask, evidence, conditionVerdict, endedAt, endedBy } = vote;
  return {
    choice,
    reason,
    inPlaceOf,
    by: personName,
    votedAt: votedAt.toISOString(),
    category,
    condition,
    conditionTask,
    evidence,
    verdict: conditionVerdict,
    ended: endedAt && `${endedBy} ${endedAt.toISOString()}`,
  };
}
