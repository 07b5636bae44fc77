import { and, asc, eq, inArray, ne, or, type SQL, sql } from 'drizzle-orm';
import { unionAll } from 'drizzle-orm/pg-core';
import { type Destination, encodeDestination } from '../../core/address/destination.ts';
import { prepareQuery } from '../prepare-query.ts';
import { cards } from '../schema/outbox.ts';
import { releasePeople } from '../schema/release.ts';
import type { Queries, Transaction } from '../transaction.ts';
import type { ReleasePerson } from './load-release.ts';

/** Whose own cards of a release show something else now, besides the cards that all see; null: everybody's. */
export type ShownTo = readonly ReleasePerson[] | null;

/**
 * Has the live cards of a release drawn again: those that all see, and the ballots and homes of its people.
 * Returns the destinations of those that were up to date: the others are waited for already, and the job that draws
 * them goes on until none is behind. Releases may share a home, so rows are locked in one order: two requests can't
 * deadlock over them.
 */
export async function invalidateCards(
  tx: Transaction,
  releaseId: string,
  shownTo: ShownTo,
): Promise<Destination[]> {
  const stale = shownTo
    ? await markStaleFor(tx, {
        releaseId,
        people: shownTo.map(({ personId }) => personId),
        at: placesOf(shownTo),
      })
    : await markStale(tx, { releaseId });
  return stale.flatMap(({ destination, wasFresh }) => (wasFresh ? [destination] : []));
}

/** Where their direct messages may be, as columns hold it. */
function placesOf(people: readonly ReleasePerson[]): string[] {
  return people.flatMap(({ identities }) =>
    identities.map(({ platform, id }) => encodeDestination({ channel: platform, kind: 'person', id })),
  );
}

type Marked = { destination: Destination; wasFresh: boolean }[];

const markStale = prepareQuery<{ releaseId: string }, Marked>('mark cards stale', (db) => mark(db, {}));
const markStaleFor = prepareQuery<{ releaseId: string; people: string[]; at: string[] }, Marked>(
  'mark cards stale for some',
  (db) =>
    mark(db, {
      isShared: or(ne(cards.kind, 'ballot'), sql`${cards.destination} = any(${sql.placeholder('at')})`),
      isOne: sql`${releasePeople.personId} = any(${sql.placeholder('people')})`,
    }),
);

function mark(db: Queries, { isShared, isOne }: { isShared?: SQL | undefined; isOne?: SQL }) {
  const releaseId = sql.placeholder('releaseId');
  const people = db
    .select({ subjectId: sql`${releasePeople.personId}::text` })
    .from(releasePeople)
    .where(and(eq(releasePeople.releaseId, releaseId), isOne));
  const affected = unionAll(
    db
      .select({ id: cards.id })
      .from(cards)
      .where(and(eq(cards.releaseId, releaseId), isShared)),
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
}
