import {
  asc,
  desc,
  eq,
  getTableColumns,
  inArray,
  isNotNull,
  type SQL,
  type SQLWrapper,
  sql,
} from 'drizzle-orm';
import type { Permissions } from '../../core/permissions/permissions.ts';
import { prepareQuery } from '../prepare-query.ts';
import { polls } from '../schema/go-no-go.ts';
import { identities } from '../schema/people.ts';
import { permissions } from '../schema/permissions.ts';
import { releaseDestinations, releasePeople, releases } from '../schema/release.ts';
import type { Queries, Transaction } from '../transaction.ts';

/** A release, with the rights that the organization has set; null: the defaults. */
type ReleaseRow = typeof releases.$inferSelect & { permissions: Permissions | null };
type PersonRow = Awaited<ReturnType<typeof selectPeople>>[number];
type DestinationRow = Awaited<ReturnType<typeof selectDestinations>>[number];

/** Some releases and what belongs to them. */
export type ReleaseRows = [releases: ReleaseRow[], people: PersonRow[], destinations: DestinationRow[]];

/** One release, by what it is asked for. `lock` locks its row until the transaction ends. */
export const releaseRows = {
  byKey: rowsBy('key', () => eq(releases.key, sql.placeholder('key'))),
  byId: rowsBy('id', () => eq(releases.id, sql.placeholder('id'))),
  byPoll: rowsBy('pollId', (db) => {
    const poll = eq(polls.id, sql.placeholder('pollId'));
    return inArray(releases.id, db.select({ id: polls.releaseId }).from(polls).where(poll));
  }),
};

function rowsBy<Name extends string>(name: Name, where: (db: Queries) => SQL) {
  type Values = Record<Name, string>;
  const select = (db: Queries) => db.select(releaseColumns(db)).from(releases).where(where(db));
  const ids = (db: Queries) => db.select({ id: releases.id }).from(releases).where(where(db));
  const find = prepareQuery<Values, ReleaseRow[]>(`release by ${name}`, select);
  const lock = prepareQuery<Values, ReleaseRow[]>(`lock by ${name}`, (db) => select(db).for('update'));
  const people = prepareQuery<Values, PersonRow[]>(`people by ${name}`, (db) => selectPeople(db, ids(db)));
  const destinations = prepareQuery<Values, DestinationRow[]>(`destinations by ${name}`, (db) =>
    selectDestinations(db, ids(db)),
  );
  return {
    find: (db: Queries, by: Values): Promise<ReleaseRows> =>
      Promise.all([find(db, by), people(db, by), destinations(db, by)]),
    // The server runs the others once the first has the lock: they show what the last holder wrote.
    lock: (tx: Transaction, by: Values): Promise<ReleaseRows> =>
      Promise.all([lock(tx, by), people(tx, by), destinations(tx, by)]),
  };
}

/** Rights are read with the roles that have them, and so in the same transaction. */
export function releaseColumns(db: Queries) {
  const set = db.select({ permissions: permissions.permissions }).from(permissions);
  return { ...getTableColumns(releases), permissions: sql<Permissions | null>`(${set})` };
}

/** A row for each identity of each person, in an order that stays the same. */
export function selectPeople(db: Queries, releaseIds: string[] | SQLWrapper) {
  const { releaseId, role, position, personId, name } = releasePeople;
  const { platform, platformId, unreachableSince, isPreferred, zone } = identities;
  return db
    .select({
      ...{ releaseId, role, position, personId, name },
      ...{ platform, platformId, unreachableSince, isPreferred, zone },
    })
    .from(releasePeople)
    .leftJoin(identities, eq(identities.personId, personId))
    .where(inArray(releaseId, releaseIds))
    .orderBy(
      asc(role),
      desc(position),
      asc(name),
      asc(personId),
      isNotNull(unreachableSince),
      asc(platform),
      asc(platformId),
    );
}

export function selectDestinations(db: Queries, releaseIds: string[] | SQLWrapper) {
  const { releaseId, address, destination } = releaseDestinations;
  return db
    .select({ releaseId, address, destination })
    .from(releaseDestinations)
    .where(inArray(releaseId, releaseIds))
    .orderBy(asc(address));
}
