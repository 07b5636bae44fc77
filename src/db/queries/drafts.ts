import { and, asc, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm';
import { type DraftStanding, draftStanding, isCancellation } from '../../core/approval/draft-standing.ts';
import type { ReleaseState } from '../../core/release/release-state.ts';
import type { ScheduleItem } from '../../core/schedule/derive-schedule.ts';
import { drafts } from '../schema/drafts.ts';
import { communications } from '../schema/release.ts';
import type { Queries } from '../transaction.ts';

/** A message that customers read, with its item of the schedule. */
export type Draft = typeof drafts.$inferSelect & {
  item: ScheduleItem;
  itemState: 'planned' | 'overdue' | 'sent' | 'withheld';
  /** Why the item was withheld. */
  note: string | null;
  /** When the item was sent or withheld. */
  settledAt: Date | null;
};

export async function findDraft(db: Queries, id: string): Promise<Draft | null> {
  return (await select(db, eq(drafts.id, id)))[0] ?? null;
}

/** The draft of an item of the schedule. */
export async function findDraftOf(db: Queries, communicationId: string): Promise<Draft | null> {
  return (await select(db, eq(drafts.communicationId, communicationId)))[0] ?? null;
}

/** All drafts of some releases, in the order of their schedules. */
export function findDrafts(db: Queries, releaseIds: readonly string[]): Promise<Draft[]> {
  return releaseIds.length === 0
    ? Promise.resolve([])
    : select(db, inArray(drafts.releaseId, [...releaseIds]));
}

/** The items of a release to come, or asked about, that customers read and that have no draft yet. */
export async function findUndrafted(
  db: Queries,
  releaseId: string,
): Promise<{ communicationId: string; item: ScheduleItem }[]> {
  return db
    .select({ communicationId: communications.id, item: communications.item })
    .from(communications)
    .leftJoin(drafts, eq(drafts.communicationId, communications.id))
    .where(
      and(
        eq(communications.releaseId, releaseId),
        inArray(communications.state, ['planned', 'overdue']),
        sql`${communications.item} ->> 'customerFacing' = 'true'`,
        isNull(drafts.id),
      ),
    )
    .orderBy(asc(communications.position));
}

/** How a draft stands in its release. */
export function standingOf(draft: Draft, release: { state: ReleaseState }): DraftStanding {
  return draftStanding({
    releaseState: release.state,
    itemState: draft.itemState,
    isCustomerFacing: draft.item.customerFacing === true,
    draftState: draft.state,
    isMissed: draft.missedAt !== null,
    isOfCancellation: isCancellation(draft.item),
  });
}

async function select(db: Queries, where: SQL | undefined): Promise<Draft[]> {
  const rows = await db
    .select({ draft: drafts, communication: communications })
    .from(drafts)
    .innerJoin(communications, eq(communications.id, drafts.communicationId))
    .where(where)
    .orderBy(asc(communications.position), asc(drafts.id));
  return rows.map(({ draft, communication: { item, state, note, settledAt } }) => ({
    ...draft,
    item,
    itemState: state,
    note,
    settledAt,
  }));
}
