import { and, asc, eq, gt, inArray, type SQL } from 'drizzle-orm';
import { endedStates, underWayStates } from '../../core/release/release-state.ts';
import { decisions, polls } from '../schema/go-no-go.ts';
import { releases } from '../schema/release.ts';
import { requests } from '../schema/requests.ts';
import type { Queries } from '../transaction.ts';
import { changeActName, toChangeRequest } from './changes.ts';

const ofRelease = { key: releases.key, plan: releases.plan, goLiveAt: releases.goLiveAt };

/** The go/no-go decisions that are being voted on. */
export function findOpenDecisions(db: Queries) {
  return db
    .select({ release: ofRelease, closesAt: polls.closesAt })
    .from(polls)
    .innerJoin(releases, eq(polls.releaseId, releases.id))
    .where(and(eq(polls.state, 'open'), eq(polls.kind, 'decision')))
    .orderBy(asc(polls.closesAt));
}

/** The late changes that nobody has decided on, of releases whose scope can still change. */
export function findOpenChanges(db: Queries) {
  return findChanges(db, and(eq(requests.state, 'open'), inArray(releases.state, [...underWayStates])));
}

/** The go/no-go decisions that were taken after an instant, overrides and those that were taken back included. */
export function findDecisionsSince(db: Queries, since: Date) {
  return db
    .select({ release: ofRelease, decision: decisions })
    .from(decisions)
    .innerJoin(polls, eq(decisions.pollId, polls.id))
    .innerJoin(releases, eq(decisions.releaseId, releases.id))
    .where(and(eq(polls.kind, 'decision'), gt(decisions.decidedAt, since)))
    .orderBy(asc(decisions.seq));
}

/** The late changes that were decided on after an instant. */
export function findDecidedChangesSince(db: Queries, since: Date) {
  return findChanges(
    db,
    and(inArray(requests.state, ['approved', 'refused']), gt(requests.decidedAt, since)),
  );
}

async function findChanges(db: Queries, isMeant: SQL | undefined) {
  const rows = await db
    .select({ release: ofRelease, request: requests })
    .from(requests)
    .innerJoin(releases, eq(requests.releaseId, releases.id))
    .where(and(eq(requests.act, changeActName), isMeant))
    .orderBy(asc(requests.decidedAt), asc(requests.requestedAt));
  return rows.map(({ release, request }) => ({ release, change: toChangeRequest(request) }));
}

/** The releases that have ended after an instant. */
export function findEndedSince(db: Queries, since: Date) {
  return db
    .select({ ...ofRelease, state: releases.state, endedAt: releases.endedAt })
    .from(releases)
    .where(and(inArray(releases.state, [...endedStates]), gt(releases.endedAt, since)))
    .orderBy(asc(releases.endedAt));
}
