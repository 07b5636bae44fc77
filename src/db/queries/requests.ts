import { and, eq, isNull } from 'drizzle-orm';
import * as z from 'zod';
import { requests } from '../schema/requests.ts';
import type { Queries, Transaction } from '../transaction.ts';

export type SecondPersonRequest = typeof requests.$inferSelect;

/** By its id; or the one that is open of an act of no release, by its name. */
export async function findRequest(db: Queries, id: string): Promise<SecondPersonRequest | null> {
  if (/^[a-z.]+$/.test(id)) return findOpenRequest(db, { releaseId: null, act: id });
  if (!z.uuid().safeParse(id).success) return null;
  const [found] = await db.select().from(requests).where(eq(requests.id, id));
  return found ?? null;
}

/** The same, locked until the transaction ends. */
export async function lockRequest(tx: Transaction, id: string): Promise<SecondPersonRequest | null> {
  const [found] = await tx.select().from(requests).where(eq(requests.id, id)).for('update');
  return found ?? null;
}

/** What waits for a second person, of one act and topic. `releaseId` null: of no release. */
export async function findOpenRequest(
  db: Queries,
  { releaseId, act, topic = '' }: { releaseId: string | null; act: string; topic?: string },
): Promise<SecondPersonRequest | null> {
  const isOf = releaseId === null ? isNull(requests.releaseId) : eq(requests.releaseId, releaseId);
  const [found] = await db
    .select()
    .from(requests)
    .where(and(isOf, eq(requests.act, act), eq(requests.topic, topic), eq(requests.state, 'open')));
  return found ?? null;
}
