import { and, asc, desc, eq, gt, inArray, isNull } from 'drizzle-orm';
import type { Freeze } from '../../core/freeze/freeze.ts';
import type { RoleName } from '../../core/plan/roles.ts';
import { underWayStates } from '../../core/release/release-state.ts';
import type { RequestState } from '../../core/requests/request-state.ts';
import { freezeBreaks, freezes } from '../schema/freezes.ts';
import { releasePeople, releases } from '../schema/release.ts';
import { requests } from '../schema/requests.ts';
import type { Queries } from '../transaction.ts';
import type { SecondPersonRequest } from './requests.ts';

/** A freeze that somebody added and nobody has ended. */
export type AddedFreeze = Freeze & { id: string; addedByName: string; held: string[] };

/** Freezes that were added by command and not ended, the oldest first; those whose time is over too. */
export async function listAddedFreezes(db: Queries): Promise<AddedFreeze[]> {
  const rows = await db.select().from(freezes).where(isNull(freezes.endedAt)).orderBy(asc(freezes.addedAt));
  return rows.map(({ addedAt: _added, endedAt: _ended, ...freeze }) => freeze);
}

/** Everything that somebody asked to be held at once. */
export interface FreezeRequest {
  id: string;
  personId: string;
  personName: string;
  reason: string;
  /** Until when it is to hold. */
  until: Date;
  zone: string;
  requestedAt: Date;
  /** After this nobody can agree any more. */
  expiresAt: Date;
  state: RequestState;
  decidedAt: Date | null;
  decidedByName: string | null;
  /** Why it was refused. */
  refusal: string | null;
}

/** The name of the act in the rows of requests. */
export const freezeActName = 'freeze.now' as const;

/** A request as the freeze that it asks for. */
export function toFreezeRequest(request: SecondPersonRequest): FreezeRequest {
  const { id, personId, personName, requestedAt, expiresAt, state, decidedAt, decidedByName } = request;
  const asked = request.input as { reason: string; until: string; zone: string };
  return {
    ...{ id, personId, personName, reason: asked.reason, until: new Date(asked.until), zone: asked.zone },
    ...{ requestedAt, expiresAt, state, decidedAt, decidedByName, refusal: request.reason },
  };
}

/** What somebody asked to be held and nobody has decided, the latest first; `now`: epoch ms. */
export async function listOpenFreezeRequests(db: Queries, now: number): Promise<FreezeRequest[]> {
  const isOpen = and(
    eq(requests.act, freezeActName),
    eq(requests.state, 'open'),
    gt(requests.expiresAt, new Date(now)),
  );
  const rows = await db.select().from(requests).where(isOpen).orderBy(desc(requests.requestedAt));
  return rows.map(toFreezeRequest);
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
