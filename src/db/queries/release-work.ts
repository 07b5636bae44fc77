import { and, asc, desc, eq, inArray, ne, sql } from 'drizzle-orm';
import type { ReleaseWork } from '../../core/forecast/late-items.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { deriveGates } from '../../core/readiness/gates/derive-gates.ts';
import { endedStates } from '../../core/release/release-state.ts';
import { polls, votes } from '../schema/go-no-go.ts';
import { gateResults } from '../schema/readiness.ts';
import { releases } from '../schema/release.ts';
import { tasks } from '../schema/tasks.ts';
import type { Queries } from '../transaction.ts';

export interface EndedRelease {
  id: string;
  plan: Plan;
  goLiveAt: Date;
}

/** The latest releases of a product that have ended, but for one. */
export function findEnded(
  db: Queries,
  { product, not, limit }: { product: string; not: string; limit: number },
): Promise<EndedRelease[]> {
  const { id, plan, goLiveAt, state, createdAt } = releases;
  return db
    .select({ id, plan, goLiveAt })
    .from(releases)
    .where(and(sql`${plan}->>'product' = ${product}`, ne(id, not), inArray(state, [...endedStates])))
    .orderBy(desc(createdAt))
    .limit(limit);
}

/** What was done for some releases, by their ids. */
export async function loadWork(
  db: Queries,
  of: readonly { id: string; plan: Plan; goLiveAt: number }[],
): Promise<Map<string, ReleaseWork>> {
  const ids = of.map(({ id }) => id);
  if (ids.length === 0) return new Map();
  const [taskRows, resultRows, voteRows] = await Promise.all([
    db
      .select()
      .from(tasks)
      .where(and(inArray(tasks.releaseId, ids), eq(tasks.settledBy, 'people'))),
    db.select().from(gateResults).where(inArray(gateResults.releaseId, ids)),
    db
      .select({ poll: polls, vote: votes })
      .from(polls)
      .leftJoin(votes, eq(votes.pollId, polls.id))
      .where(and(inArray(polls.releaseId, ids), eq(polls.kind, 'decision')))
      .orderBy(asc(polls.openedAt)),
  ]);
  return new Map(
    of.map(({ id, plan, goLiveAt }) => [
      id,
      {
        goLiveAt,
        tasks: taskRows.filter(({ releaseId }) => releaseId === id).map(toTask),
        gates: deriveGates(plan),
        results: resultRows.filter(({ releaseId }) => releaseId === id).map(toResult),
        polls: toPolls(voteRows.filter(({ poll }) => poll.releaseId === id)),
      },
    ]),
  );
}

function toTask({ key, dueAt, settledAt }: typeof tasks.$inferSelect): ReleaseWork['tasks'][number] {
  return { key, dueAt: dueAt.getTime(), settledAt: settledAt?.getTime() ?? null };
}

function toResult(row: typeof gateResults.$inferSelect): ReleaseWork['results'][number] {
  const { gate, version, measuredAt, receivedAt } = row;
  const value = row.number ?? row.grade ?? row.passed ?? false;
  return { gate, value, version, measuredAt: measuredAt.getTime(), receivedAt: receivedAt.getTime() };
}

interface PollRow {
  poll: typeof polls.$inferSelect;
  vote: typeof votes.$inferSelect | null;
}

function toPolls(rows: readonly PollRow[]): ReleaseWork['polls'] {
  const known = new Map(rows.map(({ poll }) => [poll.id, poll]));
  return [...known.values()].map(({ id, openedAt, roles }) => ({
    openedAt: openedAt.getTime(),
    roles,
    votes: rows.flatMap(({ vote }) => (vote?.pollId === id ? [toVote(vote)] : [])),
  }));
}

function toVote({ role, choice, votedAt, endedAt }: typeof votes.$inferSelect) {
  return { role, isGo: choice === 'go', votedAt: votedAt.getTime(), endedAt: endedAt?.getTime() ?? null };
}
