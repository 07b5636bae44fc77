import { and, asc, eq, gt, inArray } from 'drizzle-orm';
import { endedStates, underWayStates } from '../../core/release/release-state.ts';
import { changeRequests } from '../schema/changes.ts';
import { polls } from '../schema/go-no-go.ts';
import { releases } from '../schema/release.ts';
import type { Queries } from '../transaction.ts';

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
  return db
    .select({ release: ofRelease, change: changeRequests })
    .from(changeRequests)
    .innerJoin(releases, eq(changeRequests.releaseId, releases.id))
    .where(and(eq(changeRequests.state, 'open'), inArray(releases.state, [...underWayStates])))
    .orderBy(asc(changeRequests.requestedAt));
}

/** The go/no-go decisions that were taken after an instant. */
export function findDecisionsSince(db: Queries, since: Date) {
  return db
    .select({ release: ofRelease, outcome: polls.outcome, closedAt: polls.closedAt })
    .from(polls)
    .innerJoin(releases, eq(polls.releaseId, releases.id))
    .where(and(eq(polls.state, 'closed'), eq(polls.kind, 'decision'), gt(polls.closedAt, since)))
    .orderBy(asc(polls.closedAt));
}

/** The late changes that were decided on after an instant. */
export function findDecidedChangesSince(db: Queries, since: Date) {
  return db
    .select({ release: ofRelease, change: changeRequests })
    .from(changeRequests)
    .innerJoin(releases, eq(changeRequests.releaseId, releases.id))
    .where(and(inArray(changeRequests.state, ['approved', 'refused']), gt(changeRequests.decidedAt, since)))
    .orderBy(asc(changeRequests.decidedAt));
}

/** The releases that have ended after an instant. */
export function findEndedSince(db: Queries, since: Date) {
  return db
    .select({ ...ofRelease, state: releases.state, endedAt: releases.endedAt })
    .from(releases)
    .where(and(inArray(releases.state, [...endedStates]), gt(releases.endedAt, since)))
    .orderBy(asc(releases.endedAt));
}
