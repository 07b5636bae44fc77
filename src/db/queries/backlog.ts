import { and, count, eq, gt, inArray, isNull, lte, min } from 'drizzle-orm';
import type { ReleaseState } from '../../core/release/release-state.ts';
import { lateRequests } from '../schema/late-requests.ts';
import { cards, type DeliveryState, deliveries, timers } from '../schema/outbox.ts';
import { releases } from '../schema/release.ts';
import { operations } from '../schema/rollout.ts';
import type { Queries } from '../transaction.ts';

/** States of messages to which something or somebody still has to see. */
export const openDeliveryStates = ['pending', 'sending', 'unknown'] as const satisfies DeliveryState[];

/** What waits to be done, for all processes together. Instants are of the release's clock, in epoch ms. */
export interface Backlog {
  deliveries: ReadonlyMap<DeliveryState, number>;
  /** When the oldest message that is not sent was to be sent; null: all are sent. */
  oldestDelivery: number | null;
  dueTimers: number;
  /** Since when the oldest of them has been due; null when there is none. */
  oldestTimer: number | null;
  staleCards: number;
  lateRequests: number;
  operations: number;
  releases: ReadonlyMap<ReleaseState, number>;
}

/** Reads it from indexes of what is open, so that what is done costs nothing. `now`: of the release's clock, epoch ms. */
export async function readBacklog(db: Queries, now: number): Promise<Backlog> {
  const isDue = and(eq(timers.state, 'pending'), lte(timers.dueAt, new Date(now)));
  const [byState, waiting, [due], staleCards, late, running, byRelease] = await Promise.all([
    db
      .select({ state: deliveries.state, count: count() })
      .from(deliveries)
      .where(inArray(deliveries.state, [...openDeliveryStates]))
      .groupBy(deliveries.state),
    db
      .select({ oldest: min(deliveries.createdAt) })
      .from(deliveries)
      .where(inArray(deliveries.state, ['pending', 'sending'])),
    db
      .select({ count: count(), oldest: min(timers.dueAt) })
      .from(timers)
      .where(isDue),
    db.$count(cards, gt(cards.revision, cards.renderedRevision)),
    db.$count(lateRequests),
    db.$count(operations, isNull(operations.finishedAt)),
    db.select({ state: releases.state, count: count() }).from(releases).groupBy(releases.state),
  ]);
  return {
    deliveries: new Map(byState.map((row) => [row.state, row.count])),
    oldestDelivery: waiting[0]?.oldest?.getTime() ?? null,
    dueTimers: due?.count ?? 0,
    oldestTimer: due?.oldest?.getTime() ?? null,
    staleCards,
    lateRequests: late,
    operations: running,
    releases: new Map(byRelease.map((row) => [row.state, row.count])),
  };
}
