import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import { unionAll } from 'drizzle-orm/pg-core';
import { type Destination, encodeDestination } from '../../core/address/destination.ts';
import { cards } from '../schema/outbox.ts';
import { releasePeople } from '../schema/release.ts';
import type { Transaction } from '../transaction.ts';

/**
 * Has the live cards of releases drawn again, and the homes of their people. Returns the destinations of the cards.
 * Several releases may share a home, so the rows are locked in one order: two requests can't deadlock over them.
 */
export async function invalidateCards(
  tx: Transaction,
  releaseIds: readonly string[],
): Promise<Destination[]> {
  const ids = [...releaseIds];
  const people = tx
    .select({ subjectId: sql`${releasePeople.personId}::text` })
    .from(releasePeople)
    .where(inArray(releasePeople.releaseId, ids));
  const affected = unionAll(
    tx.select({ id: cards.id }).from(cards).where(inArray(cards.releaseId, ids)),
    tx
      .select({ id: cards.id })
      .from(cards)
      .where(and(eq(cards.kind, 'home'), inArray(cards.subjectId, people))),
  );
  const locked = tx.select({ id: cards.id }).from(cards).where(inArray(cards.id, affected));
  const stale = await tx
    .update(cards)
    .set({ revision: sql`${cards.revision} + 1` })
    .where(inArray(cards.id, locked.orderBy(asc(cards.id)).for('update')))
    .returning({ destination: cards.destination });
  const written = stale.map(({ destination }) => [encodeDestination(destination), destination] as const);
  return [...new Map(written).values()];
}
