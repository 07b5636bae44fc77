import { asc, desc, eq, isNull, or, type SQL, sql } from 'drizzle-orm';
import type { Vote } from '../../core/go-no-go/vote.ts';
import { prepareQuery } from '../prepare-query.ts';
import { polls, votes } from '../schema/go-no-go.ts';
import type { Queries } from '../transaction.ts';

/** A poll with its standing votes, the earliest first. Instants are epoch ms. */
export type Poll = Omit<typeof polls.$inferSelect, 'openedAt' | 'closesAt' | 'closedAt'> & {
  openedAt: number;
  closesAt: number;
  closedAt: number | null;
  votes: Vote[];
  /** Those that a change of the plan has made void, the earliest first. */
  outdated: Vote[];
};

export async function findPoll(db: Queries, id: string): Promise<Poll | null> {
  return toPoll(await pollById(db, { id }));
}

const ofTask = { columns: { state: true, owner: true, dueAt: true } } as const;

const shownVotes = {
  votes: {
    columns: { pollId: false as const },
    // What was changed is in the decision record: a card needs no more than this.
    where: or(isNull(votes.endedAt), eq(votes.endedBy, 'outdated')),
    orderBy: [asc(votes.votedAt), asc(votes.seq)],
    with: { task: ofTask },
  },
};

/** The poll of a release that is open, else the one opened last; null when it never had one. */
export async function latestPoll(db: Queries, releaseId: string): Promise<Poll | null> {
  return toPoll(await pollOfRelease(db, { releaseId }));
}

/** All polls of a release, in the order in which they were opened. */
export async function findPolls(db: Queries, releaseId: string): Promise<Poll[]> {
  const rows = await db.query.polls.findMany({
    where: eq(polls.releaseId, releaseId),
    with: shownVotes,
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
    with: shownVotes,
    orderBy: [desc(eq(polls.state, 'open')), desc(polls.openedAt)],
  });
}

/** Every vote of a poll in the order in which they were cast, those that have ended among them. */
export async function findAllVotes(db: Queries, pollId: string) {
  const rows = await db.query.votes.findMany({
    where: eq(votes.pollId, pollId),
    orderBy: asc(votes.seq),
    with: { task: ofTask },
  });
  return rows.map((row) => ({ ...toVote(row), ended: endOf(row), evidence: row.evidence }));
}

type VoteRow = Omit<typeof votes.$inferSelect, 'pollId'> & {
  task: { state: string; owner: NonNullable<Vote['condition']>['owner']; dueAt: Date } | null;
};

function endOf({ endedAt, endedBy }: VoteRow) {
  return endedAt && endedBy ? { at: endedAt.getTime(), by: endedBy } : null;
}

function toVote(row: VoteRow): Vote {
  const { role, choice, personId, personName, inPlaceOf, reason, category, votedAt } = row;
  const vote = { role, choice, personId, personName, inPlaceOf, reason, category, at: votedAt.getTime() };
  const { condition, conditionVerdict, task } = row;
  if (condition === null || task === null) return { ...vote, condition: null };
  const state = conditionVerdict ?? (task.state === 'done' ? 'met' : 'open');
  return { ...vote, condition: { text: condition, owner: task.owner, dueAt: task.dueAt.getTime(), state } };
}

function toPoll(row: Awaited<ReturnType<typeof pollById>>): Poll | null {
  if (!row) return null;
  return {
    ...row,
    openedAt: row.openedAt.getTime(),
    closesAt: row.closesAt.getTime(),
    closedAt: row.closedAt?.getTime() ?? null,
    votes: row.votes.filter(({ endedAt }) => endedAt === null).map(toVote),
    outdated: row.votes.filter(({ endedAt }) => endedAt !== null).map(toVote),
  };
}
