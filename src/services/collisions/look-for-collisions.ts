import { and, eq, gte, isNotNull, lte, ne } from 'drizzle-orm';
import { findClearSlot, searchedDays } from '../../core/collisions/find-clear-slot.ts';
import {
  type Collision,
  type CollisionFacts,
  findCollisions,
} from '../../core/collisions/find-collisions.ts';
import { freezesAt } from '../../core/freeze/find-slot.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { deriveSchedule } from '../../core/schedule/derive-schedule.ts';
import { goLiveInstant } from '../../core/schedule/resolve-schedule-time.ts';
import { listUnderWay } from '../../db/queries/load-release.ts';
import { communications, releases } from '../../db/schema/index.ts';
import type { Services } from '../kernel/context.ts';
import { loadFreezes } from '../kernel/refuse-frozen.ts';

/** What a plan collides with, and the nearest slot without any. */
export interface CollisionReport {
  collisions: Collision[];
  /** Null: none within 60 days, or none is needed. Epoch ms. */
  clearSlot: { date: string; instant: number } | null;
}

type Needed = Pick<Services, 'db' | 'clock' | 'adapters' | 'messagesAWeek' | 'freezes'>;

/** Looks for everything in which a plan and the releases under way get into each other's way. Reads only. */
export async function lookForCollisions(services: Needed, plan: Plan): Promise<CollisionReport> {
  const facts = await loadFacts(services, plan);
  const collisions = findCollisions(plan, facts);
  if (collisions.length === 0) return { collisions, clearSlot: null };
  const freezes = await loadFreezes(services.db, services);
  const clearSlot = findClearSlot(plan, facts, {
    now: services.clock.now(),
    isFree: (moved, instant) => freezesAt(freezes, moved, instant).length === 0,
  });
  return { collisions, clearSlot };
}

async function loadFacts({ db, adapters, messagesAWeek }: Needed, plan: Plan): Promise<CollisionFacts> {
  const others = await listUnderWay(db);
  const instants = deriveSchedule(plan).flatMap(({ dueAt }) => (dueAt === null ? [] : [dueAt]));
  const marginMs = (searchedDays + 7) * 86_400_000;
  const from = new Date(Math.min(goLiveInstant(plan), ...instants) - marginMs);
  const until = new Date(Math.max(goLiveInstant(plan), ...instants) + marginMs);
  const { item, dueAt, state, releaseId } = communications;
  const rows = await db
    .select({ key: releases.key, item, dueAt })
    .from(communications)
    .innerJoin(releases, eq(releases.id, releaseId))
    .where(
      and(
        isNotNull(dueAt),
        gte(dueAt, from),
        lte(dueAt, until),
        ne(state, 'withheld'),
        ne(releases.key, plan.release),
      ),
    );
  const messages = rows.flatMap(({ key: releaseKey, item: { kind, audience, addresses }, dueAt: at }) =>
    kind === 'message' && audience !== 'release' && at
      ? addresses.map((address) => ({ releaseKey, address, at: at.getTime() }))
      : [],
  );
  return { others, messages, messagesAWeek, drivers: adapters.drivers };
}
