import { and, asc, desc, eq, gt, inArray, isNull } from 'drizzle-orm';
import type { Freeze } from '../../core/freeze/freeze.ts';
import type { RoleName } from '../../core/plan/roles.ts';
import { underWayStates } from '../../core/release/release-state.ts';
import { freezeBreaks, freezeRequests, freezes } from '../schema/freezes.ts';
import { releasePeople, releases } from '../schema/release.ts';
import type { Queries } from '../transaction.ts';

/** A freeze that somebody added and nobody has ended. */
export type AddedFreeze = Freeze & { id: string; addedByName: string; held: string[] };

/** Freezes that were added by command and not ended, the oldest first; those whose time is over too. */
export async function listAddedFreezes(db: Queries): Promise<AddedFreeze[]> {
  const rows = await db.select().from(freezes).where(isNull(freezes.endedAt)).orderBy(asc(freezes.addedAt));
  return rows.map(({ addedAt: _added, endedAt: _ended, ...freeze }) => freeze);
}

export type FreezeRequest = typeof freezeRequests.$inferSelect;

/** What somebody asked to be held and nobody has decided, the latest first; `now`: epoch ms. */
export async function listOpenFreezeRequests(db: Queries, now: number): Promise<FreezeRequest[]> {
  const isOpen = and(eq(freezeRequests.state, 'open'), gt(freezeRequests.expiresAt, new Date(now)));
  return db.select().from(freezeRequests).where(isOpen).orderBy(desc(freezeRequests.requestedAt));
}

/** Until when a release is let through in spite of freezes, epoch ms; null: it is not. */
export async function brokenUntil(db: Queries, releaseId: string): Promise<number | null> {
  const [row] = await db
    .select({ until: freezeBreaks.until })
    .from(freezeBreaks)
    .where(eq(freezeBreaks.releaseId, releaseId))
    .orderBy(desc(freezeBreaks.until))
    .limit(1);
  return row?.until.getTime() ?? null;
}

/** Whether a person holds one of these roles in a release that is under way. */
export async function holdsRoleUnderWay(
  db: Queries,
  { personId, roles }: { personId: string; roles: readonly RoleName[] },
): Promise<boolean> {
  const isTheirs = and(eq(releasePeople.personId, personId), eq(releasePeople.position, 'holder'));
  const [row] = await db
    .select({ id: releases.id })
    .from(releasePeople)
    .innerJoin(releases, eq(releases.id, releasePeople.releaseId))
    .where(
      and(isTheirs, inArray(releasePeople.role, [...roles]), inArray(releases.state, [...underWayStates])),
    )
    .limit(1);
  return row !== undefined;
}
