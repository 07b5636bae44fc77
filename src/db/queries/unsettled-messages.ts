import { and, asc, eq, inArray, notInArray } from 'drizzle-orm';
import type { Destination } from '../../core/address/destination.ts';
import type { Line } from '../../core/card/line.ts';
import { type DeliveryState, deliveries } from '../schema/outbox.ts';
import type { Queries } from '../transaction.ts';

/** A message of which nobody knows whether it arrived. */
export interface UnsettledMessage {
  id: string;
  releaseId: string;
  destination: Destination;
  /** What it is, as the outbox calls it. */
  subject: string;
  /** Its first line; null of a live card, which shows the state of its moment. */
  summary: Line | null;
}

/** The messages of some releases of which nobody knows whether they arrived, oldest first, `besides` those with these subjects. */
export async function findUnsettled(
  db: Queries,
  { releaseIds, besides }: { releaseIds: readonly string[]; besides: readonly string[] },
): Promise<UnsettledMessage[]> {
  if (releaseIds.length === 0) return [];
  const { id, releaseId, destination, content, state, subject, seq } = deliveries;
  const rows = await db
    .select({ id, releaseId, destination, subject, content })
    .from(deliveries)
    .where(and(inArray(releaseId, [...releaseIds]), eq(state, 'unknown'), notInArray(subject, [...besides])))
    .orderBy(asc(seq));
  return rows.flatMap(({ content, releaseId: release, ...row }) =>
    release === null ? [] : { ...row, releaseId: release, summary: content?.summary ?? null },
  );
}

/** What became of some messages, by id. */
export async function findDeliveryStates(
  db: Queries,
  ids: readonly string[],
): Promise<Map<string, DeliveryState>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select({ id: deliveries.id, state: deliveries.state })
    .from(deliveries)
    .where(inArray(deliveries.id, [...ids]));
  return new Map(rows.map(({ id, state }) => [id, state]));
}
