import { and, asc, eq, isNotNull } from 'drizzle-orm';
import type { ScheduleItem } from '../../core/schedule/derive-schedule.ts';
import { type DeliveryState, deliveries } from '../schema/outbox.ts';
import { communications, releases } from '../schema/release.ts';
import type { Queries } from '../transaction.ts';

/** An item of a schedule and what became of it. */
export interface PlannedCommunication {
  id: string;
  item: ScheduleItem;
  /**
   * Of an item that was put into the outbox, what became of its messages there: the worst, and `sent` when all are;
   * `unrecorded` when the outbox has none of them, because its live card was open already.
   */
  state: 'planned' | 'overdue' | 'withheld' | 'being-sent' | 'sent' | 'failed' | 'unknown' | 'unrecorded';
  /** Why it was withheld, or could not be delivered, or is not known to have arrived. */
  note: string | null;
  /** Epoch ms. */
  dueAt: number | null;
}

interface Delivery {
  state: DeliveryState;
  error: string | null;
}

/** A release's whole schedule, in order. */
export async function loadSchedule(db: Queries, releaseId: string): Promise<PlannedCommunication[]> {
  const rows = await db
    .select()
    .from(communications)
    .where(eq(communications.releaseId, releaseId))
    .orderBy(asc(communications.position));
  const sent = await loadDeliveries(db, releaseId);
  return rows.map(({ id, item, state, note, dueAt }) => {
    const known = { id, item, dueAt: dueAt?.getTime() ?? null };
    return state === 'sent' ? { ...known, ...fateOf(sent.get(id) ?? []) } : { ...known, state, note };
  });
}

/** An item about which the release manager was asked, as it stands. */
export type AskedCommunication = Pick<
  typeof communications.$inferSelect,
  'id' | 'releaseId' | 'item' | 'state' | 'note'
> & {
  /** Epoch ms. */
  dueAt: number | null;
};

/** The items of one question, in the schedule's order. */
export async function loadQuestion(db: Queries, questionId: string): Promise<AskedCommunication[]> {
  const { id, releaseId, item, state, note, dueAt } = communications;
  const rows = await db
    .select({ id, releaseId, item, state, note, dueAt })
    .from(communications)
    .where(eq(communications.questionId, questionId))
    .orderBy(asc(communications.position));
  return rows.map((row) => ({ ...row, dueAt: row.dueAt?.getTime() ?? null }));
}

/** When the records of a release were last removed, epoch ms; null when they are all there. */
export async function readPrunedAt(db: Queries, releaseId: string): Promise<number | null> {
  const [row] = await db
    .select({ prunedAt: releases.prunedAt })
    .from(releases)
    .where(eq(releases.id, releaseId));
  return row?.prunedAt?.getTime() ?? null;
}

/** The messages of a release's items, by the item's id. */
async function loadDeliveries(db: Queries, releaseId: string): Promise<Map<string, Delivery[]>> {
  const { communicationId, state, error } = deliveries;
  const rows = await db
    .select({ communicationId, state, error })
    .from(deliveries)
    .where(and(eq(deliveries.releaseId, releaseId), isNotNull(communicationId)))
    .orderBy(asc(deliveries.seq));
  const found = new Map<string, Delivery[]>();
  for (const { communicationId: id, ...delivery } of rows) {
    if (id !== null) found.set(id, [...(found.get(id) ?? []), delivery]);
  }
  return found;
}

/** What became of an item by what became of its messages: what a person has to look after comes first. */
function fateOf(sent: readonly Delivery[]): Pick<PlannedCommunication, 'state' | 'note'> {
  const lost = sent.find(({ state }) => state === 'failed') ?? sent.find(({ state }) => state === 'unknown');
  if (lost) return { state: lost.state === 'failed' ? 'failed' : 'unknown', note: lost.error };
  if (sent.length === 0) return { state: 'unrecorded', note: null };
  return { state: sent.every(({ state }) => state === 'sent') ? 'sent' : 'being-sent', note: null };
}
