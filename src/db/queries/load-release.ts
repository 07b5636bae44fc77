import { and, asc, desc, eq, exists, gt, inArray, notExists, or, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { ReachedAccount } from '../../core/people/identity.ts';
import { defaultPermissions, type Permissions } from '../../core/permissions/permissions.ts';
import { endedStates, type ReleaseState, underWayStates } from '../../core/release/release-state.ts';
import { groupBy } from '../../lib/group-by.ts';
import { timers } from '../schema/outbox.ts';
import { type releaseDestinations, type releasePeople, releases } from '../schema/release.ts';
import { operations } from '../schema/rollout.ts';
import type { Queries } from '../transaction.ts';
import {
  type ReleaseRows,
  releaseColumns,
  releaseRows,
  selectDestinations,
  selectPeople,
} from './release-rows.ts';

type PersonColumn = 'role' | 'position' | 'personId' | 'name';

/** Who has a role in a release, by the name that its plan gives, with their accounts on the platforms. */
export type ReleasePerson = Pick<typeof releasePeople.$inferSelect, PersonColumn> & {
  /** Those that can be reached first. */
  identities: readonly ReachedAccount[];
  /** False when none of their accounts takes messages any more. */
  isReachable: boolean;
};

/** Where an address is that a plan names, such as `#support`. */
export type ReleaseDestination = Pick<typeof releaseDestinations.$inferSelect, 'address' | 'destination'>;

/** Nothing of a paused release's schedule happens. Instants are epoch ms; `until` is null when somebody has to resume it. */
export interface Pause {
  since: number;
  until: number | null;
  reason: string;
}

/** A release with its people and destinations, as the verbs and the views need it. */
export type Release = Pick<typeof releases.$inferSelect, 'id' | 'key' | 'state' | 'plan'> & {
  /** Epoch ms. */
  goLiveAt: number;
  /** Null: it is not paused. */
  pause: Pause | null;
  people: readonly ReleasePerson[];
  destinations: readonly ReleaseDestination[];
  /** What the organization says of rights, in all releases. */
  permissions: Permissions;
};

/** Finds a release by its key, its id or the id of one of its polls. */
export async function loadRelease(
  db: Queries,
  by: { key: string } | { id: string } | { pollId: string },
): Promise<Release | null> {
  return toReleases(await findRows(db, by))[0] ?? null;
}

function findRows(db: Queries, by: Parameters<typeof loadRelease>[1]): Promise<ReleaseRows> {
  if ('key' in by) return releaseRows.byKey.find(db, by);
  if ('id' in by) return releaseRows.byId.find(db, by);
  return releaseRows.byPoll.find(db, by);
}

/** The first of some releases, and whether there are more. */
export interface ListedReleases {
  releases: Release[];
  more: boolean;
}

/** Releases in any of the given states, those that go live first first; `after` (epoch ms) leaves out earlier ones. */
export async function listReleases(
  db: Queries,
  { states, limit }: { states: readonly ReleaseState[]; limit: number },
): Promise<ListedReleases> {
  const where = inArray(releases.state, [...states]);
  return listWhere(db, { where, order: asc(releases.goLiveAt), limit });
}

/** Some releases by their ids, those that go live first first. */
export async function loadReleases(db: Queries, ids: readonly string[]): Promise<Release[]> {
  if (ids.length === 0) return [];
  const where = inArray(releases.id, [...ids]);
  return (await listWhere(db, { where, order: asc(releases.goLiveAt), limit: ids.length })).releases;
}

/** So many releases under way are looked at when all are. */
const mostUnderWay = 500;

/** All releases that are under way, those that go live first first. */
export async function listUnderWay(db: Queries): Promise<Release[]> {
  const { releases: found } = await listReleases(db, { states: underWayStates, limit: mostUnderWay });
  return found;
}

/** Those that were rolled back and are followed up: until the last message of their schedule; `now` is epoch ms. */
export async function listFollowedUpReleases(
  db: Queries,
  { limit, now }: { limit: number; now: number },
): Promise<ListedReleases> {
  const isEnd = and(eq(timers.releaseId, releases.id), eq(timers.kind, 'close-release'));
  const toCome = db
    .select({ id: timers.id })
    .from(timers)
    .where(and(isEnd, gt(timers.dueAt, new Date(now))));
  const where = and(eq(releases.state, 'rolled_back'), exists(toCome));
  return listWhere(db, { where, order: asc(releases.goLiveAt), limit });
}

/** The releases under way that something was rolled out of, or may have been. */
export async function listBegunReleases(db: Queries, limit: number): Promise<ListedReleases> {
  const begun = exists(
    db.select({ id: operations.id }).from(operations).where(eq(operations.releaseId, releases.id)),
  );
  const where = and(inArray(releases.state, [...underWayStates]), begun);
  return listWhere(db, { where, order: asc(releases.goLiveAt), limit });
}

/** What is live: of each product the release that was completed last, the latest first. */
export async function listLiveReleases(db: Queries, limit: number): Promise<ListedReleases> {
  const newer = alias(releases, 'newer');
  const isNewer = and(
    eq(newer.state, 'completed'),
    sql`${newer.plan} ->> 'product' = ${releases.plan} ->> 'product'`,
    or(
      gt(newer.goLiveAt, releases.goLiveAt),
      and(eq(newer.goLiveAt, releases.goLiveAt), gt(newer.key, releases.key)),
    ),
  );
  const isLast = notExists(db.select({ id: newer.id }).from(newer).where(isNewer));
  const where = and(eq(releases.state, 'completed'), isLast);
  return listWhere(db, { where, order: desc(releases.goLiveAt), limit });
}

/** The release that ended last, by its go-live, whatever its end; null when none has. */
export async function findLastRelease(
  db: Queries,
): Promise<Pick<typeof releases.$inferSelect, 'key' | 'state'> | null> {
  const { key, state } = releases;
  const [last] = await db
    .select({ key, state })
    .from(releases)
    .where(inArray(state, [...endedStates]))
    .orderBy(desc(releases.goLiveAt), desc(key))
    .limit(1);
  return last ?? null;
}

/** The release of a product that was planned last, whatever its state; null: there is none. */
export async function findLastOfProduct(db: Queries, product: string): Promise<Release | null> {
  const where = sql`lower(${releases.plan} ->> 'product') = lower(${product})`;
  const { releases: listed } = await listWhere(db, { where, order: desc(releases.createdAt), limit: 1 });
  return listed[0] ?? null;
}

async function listWhere(
  db: Queries,
  { where, order, limit }: { where: SQL | undefined; order: SQL; limit: number },
): Promise<ListedReleases> {
  const rows = await db
    .select(releaseColumns(db))
    .from(releases)
    .where(where)
    .orderBy(order, asc(releases.key))
    // One more than is wanted tells whether there are more.
    .limit(limit + 1);
  const listed = rows.slice(0, limit);
  const ids = listed.map(({ id }) => id);
  const [people, destinations] = await Promise.all([selectPeople(db, ids), selectDestinations(db, ids)]);
  return { releases: toReleases([listed, people, destinations]), more: rows.length > limit };
}

export function toReleases([rows, people, destinations]: ReleaseRows): Release[] {
  const peopleOf = groupBy(people, ({ releaseId }) => releaseId);
  const destinationsOf = groupBy(destinations, ({ releaseId }) => releaseId);
  return rows.map(({ id, key, state, plan, goLiveAt, permissions, ...row }) => ({
    id,
    key,
    state,
    plan,
    goLiveAt: goLiveAt.getTime(),
    pause: toPause(row),
    permissions: permissions ?? defaultPermissions,
    people: toPeople(peopleOf.get(id) ?? []),
    destinations: (destinationsOf.get(id) ?? []).map(({ address, destination }) => ({
      address,
      destination,
    })),
  }));
}

type PauseColumns = Pick<typeof releases.$inferSelect, 'pausedAt' | 'pausedUntil' | 'pauseReason'>;

function toPause({ pausedAt, pausedUntil, pauseReason }: PauseColumns): Pause | null {
  if (pausedAt === null) return null;
  return { since: pausedAt.getTime(), until: pausedUntil?.getTime() ?? null, reason: pauseReason ?? '' };
}

function toAccount({ platform, platformId: id, ...account }: ReleaseRows[1][number]): ReachedAccount[] {
  if (platform === null || id === null) return [];
  const reached: ReachedAccount = { platform, id };
  if (account.unreachableSince !== null) reached.isUnreachable = true;
  if (account.isPreferred) reached.isPreferred = true;
  if (account.zone !== null) reached.zone = account.zone;
  return [reached];
}

function toPeople(rows: ReleaseRows[1]): ReleasePerson[] {
  const held = groupBy(rows, ({ role, position, personId }) => `${role} ${position} ${personId}`);
  return [...held.values()].flatMap((ofOne) => {
    const identities = ofOne.flatMap(toAccount);
    const isReachable =
      identities.length === 0 || ofOne.some(({ unreachableSince }) => unreachableSince === null);
    return ofOne.slice(0, 1).map(({ role, position, personId, name }) => ({
      role,
      position,
      personId,
      name,
      identities,
      isReachable,
    }));
  });
}
