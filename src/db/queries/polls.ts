import { asc, desc, eq, type SQL } from 'drizzle-orm';
import type { Vote } from '../../core/go-no-go/decide-poll.ts';
import { polls, votes } from '../schema/go-no-go.ts';
import type { Queries } from '../transaction.ts';

/** A poll with its standing votes, the earliest first. Instants are epoch ms. */
export type Poll = Omit<typeof polls.$inferSelect, 'openedAt' | 'closesAt' | 'closedAt'> & {
  openedAt: number;
  closesAt: number;
  closedAt: number | null;
  votes: Vote[];
};

export function findPoll(db: Queries, id: string): Promise<Poll | null> {
  return selectPoll(db, eq(polls.id, id));
}

/** The poll of a release that is open, else the one opened last; null when it never had one. */
export function latestPoll(db: Queries, releaseId: string): Promise<Poll | null> {
  return selectPoll(db, eq(polls.releaseId, releaseId));
}

async function selectPoll(db: Queries, where: SQL): Promise<Poll | null> {
  const row = await db.query.polls.findFirst({
    where,
    with: { votes: { columns: { pollId: false }, orderBy: asc(votes.votedAt) } },
    orderBy: [desc(eq(polls.state, 'open')), desc(polls.openedAt)],
  });
  if (!row) return null;
  return {
    ...row,
    openedAt: row.openedAt.getTime(),
    closesAt: row.closesAt.getTime(),
    closedAt: row.closedAt?.getTime() ?? null,
    votes: row.votes.map(({ votedAt, ...vote }) => ({ ...vote, at: votedAt.getTime() })),
  };
}
