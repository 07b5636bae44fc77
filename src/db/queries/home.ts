import {
  and,
  asc,
  desc,
  eq,
  exists,
  inArray,
  isNotNull,
  isNull,
  ne,
  notExists,
  or,
  type SQL,
  sql,
} from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Destination } from '../../core/address/destination.ts';
import type { VoteChoice } from '../../core/go-no-go/vote.ts';
import { endedStates } from '../../core/release/release-state.ts';
import { groupBy } from '../../lib/group-by.ts';
import { drafts } from '../schema/drafts.ts';
import { polls, votes } from '../schema/go-no-go.ts';
import { cards } from '../schema/outbox.ts';
import { identities } from '../schema/people.ts';
import { communications, releasePeople, releases } from '../schema/release.ts';
import type { Queries } from '../transaction.ts';
import { selectDestinations } from './release-rows.ts';

export type OpenBallot = Awaited<ReturnType<typeof findOpenBallots>>[number];

/** Open polls in which a person holds a role that has no vote yet; `closesAt` is epoch ms. */
export async function findOpenBallots(db: Queries, personId: string) {
  const voted = db
    .select({ role: votes.role })
    .from(votes)
    .where(and(eq(votes.pollId, polls.id), eq(votes.role, releasePeople.role), isNull(votes.endedAt)));
  const rows = await db
    .selectDistinct({
      pollId: polls.id,
      round: polls.round,
      releaseKey: releases.key,
      kind: polls.kind,
      closesAt: polls.closesAt,
      zone: sql<string>`${releases.plan} #>> '{goLive,zone}'`,
    })
    .from(polls)
    .innerJoin(releases, eq(releases.id, polls.releaseId))
    .innerJoin(releasePeople, and(isHeldBy(personId), answersForRole(db)))
    .where(and(eq(polls.state, 'open'), sql`${polls.roles} ? ${releasePeople.role}`, notExists(voted)))
    .orderBy(asc(polls.closesAt))
    .limit(20);
  return rows.map((row) => ({ ...row, closesAt: row.closesAt.getTime() }));
}

export type ComingItem = Awaited<ReturnType<typeof findComingItems>>[number];

/** What is due next in the releases that a person has a role in. */
export async function findComingItems(db: Queries, personId: string) {
  const rows = await db
    .select({
      releaseId: releases.id,
      releaseKey: releases.key,
      item: communications.item,
      dueAt: communications.dueAt,
      zone: sql<string>`${releases.plan} #>> '{goLive,zone}'`,
      draft: drafts.state,
    })
    .from(communications)
    .innerJoin(releases, eq(releases.id, communications.releaseId))
    .leftJoin(drafts, eq(drafts.communicationId, communications.id))
    .where(and(eq(communications.state, 'planned'), isNotNull(communications.dueAt), hasRole(db, personId)))
    .orderBy(asc(communications.dueAt), asc(communications.position))
    .limit(5);
  const ids = rows.map(({ releaseId }) => releaseId);
  const placesOf = groupBy(await selectDestinations(db, ids), ({ releaseId }) => releaseId);
  return rows.map(({ releaseId, releaseKey, item: { title, addresses }, dueAt, zone, draft }) => ({
    releaseKey,
    title,
    /** Customers read it, and nobody has approved it. */
    isUnapproved: draft !== null && draft !== 'approved',
    addresses,
    /** Of the release: which place each address stands for. */
    destinations: placesOf.get(releaseId) ?? [],
    dueAt: dueAt?.getTime() ?? 0,
    zone,
  }));
}

/** What a person said in the poll before this one of the same release; null: nothing. `at` is epoch ms. */
export async function findPreviousVote(
  db: Queries,
  { pollId, personId }: { pollId: string; personId: string },
): Promise<{ choice: VoteChoice; reason: string | null; at: number } | null> {
  const present = alias(polls, 'present');
  const [vote] = await db
    .select({ choice: votes.choice, reason: votes.reason, votedAt: votes.votedAt })
    .from(votes)
    .innerJoin(polls, eq(polls.id, votes.pollId))
    .innerJoin(present, and(eq(present.releaseId, polls.releaseId), eq(present.id, pollId)))
    .where(and(eq(votes.personId, personId), ne(polls.id, pollId), isNull(votes.endedAt)))
    .orderBy(desc(votes.votedAt))
    .limit(1);
  return vote ? { choice: vote.choice, reason: vote.reason, at: vote.votedAt.getTime() } : null;
}

/** The ids of the releases that a person has a role in: what is being rolled out, what comes next, then the latest that ended. */
export async function findReleasesOf(db: Queries, personId: string): Promise<string[]> {
  const ended = inArray(releases.state, [...endedStates]);
  const goLive = sql`extract(epoch from ${releases.goLiveAt})`;
  const rows = await db
    .select({ id: releases.id })
    .from(releases)
    .where(hasRole(db, personId))
    .orderBy(
      ended,
      sql`${releases.state} <> 'in_progress'`,
      sql`case when ${ended} then -${goLive} else ${goLive} end`,
    )
    .limit(11);
  return rows.map(({ id }) => id);
}

/** The ids of the releases that somebody follows, by their page; the latest to go live first. */
export async function findFollowed(db: Queries, home: Destination): Promise<string[]> {
  const destination: Destination = { ...home, kind: 'person' };
  const isFollowed = and(
    eq(cards.kind, 'followed'),
    eq(cards.destination, destination),
    isNull(cards.leftSince),
  );
  const rows = await db
    .select({ id: releases.id })
    .from(cards)
    .innerJoin(releases, eq(releases.id, cards.releaseId))
    .where(isFollowed)
    .orderBy(desc(releases.goLiveAt))
    .limit(10);
  return rows.map(({ id }) => id);
}

function hasRole(db: Queries, personId: string): SQL {
  return exists(db.select({ role: releasePeople.role }).from(releasePeople).where(isHeldBy(personId)));
}

/** A holder does; a backup while no holder of the role can be reached, or once the poll has escalated the role. */
function answersForRole(db: Queries) {
  const holder = alias(releasePeople, 'reachable_holder');
  const reachable = db
    .select({ role: holder.role })
    .from(holder)
    .innerJoin(identities, eq(identities.personId, holder.personId))
    .where(
      and(
        eq(holder.releaseId, releasePeople.releaseId),
        eq(holder.role, releasePeople.role),
        eq(holder.position, 'holder'),
        isNull(identities.unreachableSince),
      ),
    );
  const isEscalated = sql`${polls.escalatedRoles} ? ${releasePeople.role}`;
  return or(eq(releasePeople.position, 'holder'), notExists(reachable), isEscalated);
}

function isHeldBy(personId: string) {
  return and(eq(releasePeople.releaseId, releases.id), eq(releasePeople.personId, personId));
}
