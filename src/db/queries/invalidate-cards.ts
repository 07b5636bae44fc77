import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import { unionAll } from 'drizzle-orm/pg-core';
import { type Destination, encodeDestination } from '../../core/address/destination.ts';
import { prepareQuery } from '../prepare-query.ts';
import { cards } from '../schema/outbox.ts';
import { releasePeople } from '../schema/release.ts';
import type { Transaction } from '../transaction.ts';

/**
 * Has the live cards of releases drawn again, and the homes of their people. Returns the destinations of those that
 * were up to date: the others are waited for already, and the job that draws them goes on until none is behind.
 * Several releases may share a home, so the rows are locked in one order: two requests can't deadlock over them.
 */
export async function invalidateCards(
  tx: Transaction,
  releaseIds: readonly string[],
): Promise<Destination[]> {
  const stale = await markStale(tx, { releaseIds: [...releaseIds] });
  const fresh = stale.filter(({ wasFresh }) => wasFresh);
  const written = fresh.map(({ destination }) => [encodeDestination(destination), destination] as const);
  return [...new Map(written).values()];
}

const markStale = prepareQuery<{ releaseIds: string[] }, { destination: Destination; wasFresh: boolean }[]>(
  'mark cards stale',
  (db) => {
    const ids = sql.placeholder('releaseIds');
    const people = db
      .select({ subjectId: sql`${releasePeople.personId}::text` })
      .from(releasePeople)
      .where(sql`${releasePeople.releaseId} = any(${ids})`);
    const affected = unionAll(
      db.select({ id: cards.id }).from(cards).where(sql`${cards.releaseId} = any(${ids})`),
      db
        .select({ id: cards.id })
        .from(cards)
        .where(and(eq(cards.kind, 'home'), inArray(cards.subjectId, people))),
    );
    const locked = db.select({ id: cards.id }).from(cards).where(inArray(cards.id, affected));
    return db
      .update(cards)
      .set({ revision: sql`${cards.revision} + 1` })
      .where(inArray(cards.id, locked.orderBy(asc(cards.id)).for('update')))
      .returning({
        destination: cards.destination,
        wasFresh: sql<boolean>`${cards.renderedRevision} >= ${cards.revision} - 1`,
      });
  },
);
