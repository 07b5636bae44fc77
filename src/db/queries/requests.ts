import { and, eq } from 'drizzle-orm';
import { requests } from '../schema/requests.ts';
import type { Queries, Transaction } from '../transaction.ts';

export type SecondPersonRequest = typeof requests.$inferSelect;

export async function findRequest(db: Queries, id: string): Promise<SecondPersonRequest | null> {
  const [found] = await db.select().from(requests).where(eq(requests.id, id));
  return found ?? null;
}

/** The same, locked until the transaction ends. */
export async function lockRequest(tx: Transaction, id: string): Promise<SecondPersonRequest | null> {
  const [found] = await tx.select().from(requests).where(eq(requests.id, id)).for('update');
  return found ?? null;
}

/** What waits for a second person in a release, of one kind. */
export async function findOpenRequest(
  db: Queries,
  { releaseId, act }: { releaseId: string; act: string },
): Promise<SecondPersonRequest | null> {
  const isOpen = and(eq(requests.releaseId, releaseId), eq(requests.act, act), eq(requests.state, 'open'));
  const [found] = await db.select().from(requests).where(isOpen);
  return found ?? null;
}
