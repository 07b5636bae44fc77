import { asc, desc, eq, type SQL, sql } from 'drizzle-orm';
import type { Vote } from '../../core/go-no-go/decide-poll.ts';
import { prepareQuery } from '../prepare-query.ts';
import { polls, votes } from '../schema/go-no-go.ts';
import type { Queries } from '../transaction.ts';

/** A poll with its standing votes, the earliest first. Instants are epoch ms. */
export type Poll = Omit<typeof polls.$inferSelect, 'openedAt' | 'closesAt' | 'closedAt'> & {
  openedAt: number;
  closesAt: number;
  closedAt: number | null;
  votes: Vote[];
};

export async function findPoll(db: Queries, id: string): Promise<Poll | null> {
  return toPoll(await pollById(db, { id }));
}

/** The poll of a release that is open, else the one opened last; null when it never had one. */
export async function latestPoll(db: Queries, releaseId: string): Promise<Poll | null> {
  return toPoll(await pollOfRelease(db, { releaseId }));
}

/** All polls of a release, in the order in which they were opened. */
export async function findPolls(db: Queries, releaseId: string): Promise<Poll[]> {
  const rows = await db.query.polls.findMany({
    where: eq(polls.releaseId, releaseId),
    with: { votes: { columns: { pollId: false }, orderBy: asc(votes.votedAt) } },
    orderBy: [asc(polls.openedAt)],
  });
  return rows.flatMap((row) => toPoll(row) ?? []);
}

const pollById = prepareQuery('poll by id', (db) => selectPoll(db, eq(polls.id, sql.placeholder('id'))));
const pollOfRelease = prepareQuery('latest poll', (db) =>
  selectPoll(db, eq(polls.releaseId, sql.placeholder('releaseId'))),
);

function selectPoll(db: Queries, where: SQL) {
  return db.query.polls.findFirst({
    where,
    with: { votes: { columns: { pollId: false }, orderBy: asc(votes.votedAt) } },
    orderBy: [desc(eq(polls.state, 'open')), desc(polls.openedAt)],
  });
}

function toPoll(row: Awaited<ReturnType<typeof pollById>>): Poll | null {
  if (!row) return null;
  return {
    ...row,
    openedAt: row.openedAt.getTime(),
    closesAt: row.closesAt.getTime(),
    closedAt: row.closedAt?.getTime() ?? null,
    votes: row.votes.map(({ votedAt, ...vote }) => ({ ...vote, at: votedAt.getTime() })),
  };
}
