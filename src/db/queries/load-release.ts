import { and, asc, desc, eq, gt, inArray } from 'drizzle-orm';
import type { Identity } from '../../core/people/identity.ts';
import type { ReleaseState } from '../../core/release/release-state.ts';
import { groupBy } from '../../lib/group-by.ts';
import { identities } from '../schema/people.ts';
import { releaseDestinations, releasePeople, releases } from '../schema/release.ts';
import type { Queries } from '../transaction.ts';

/** Who has a role in a release, by the name that its plan gives, with their accounts on the platforms. */
export type ReleasePerson = Pick<
  typeof releasePeople.$inferSelect,
  'role' | 'position' | 'personId' | 'name'
> & { identities: readonly Identity[] };

/** Where an address is that a plan names, such as `#support`. */
export type ReleaseDestination = Pick<typeof releaseDestinations.$inferSelect, 'address' | 'destination'>;

/** A release with its people and destinations, as the verbs and the views need it. */
export type Release = Pick<typeof releases.$inferSelect, 'id' | 'key' | 'state' | 'plan'> & {
  /** Epoch ms. */
  goLiveAt: number;
  people: readonly ReleasePerson[];
  destinations: readonly ReleaseDestination[];
};

/** Finds a release by its key or id. */
export async function loadRelease(
  db: Queries,
  by: { key: string } | { id: string },
): Promise<Release | null> {
  const where = 'key' in by ? eq(releases.key, by.key) : eq(releases.id, by.id);
  const rows = await db.select().from(releases).where(where);
  return (await withParts(db, rows))[0] ?? null;
}

/** The first of some releases, and whether there are more. */
export interface ListedReleases {
  releases: Release[];
  more: boolean;
}

/** Releases in any of the given states, those that go live first first; `after` (epoch ms) leaves out earlier ones. */
export async function listReleases(
  db: Queries,
  { states, limit, after = 0 }: { states: readonly ReleaseState[]; limit: number; after?: number },
): Promise<ListedReleases> {
  const rows = await db
    .select()
    .from(releases)
    .where(and(inArray(releases.state, [...states]), gt(releases.goLiveAt, new Date(after))))
    .orderBy(asc(releases.goLiveAt), asc(releases.key))
    // One more than is wanted tells whether there are more.
    .limit(limit + 1);
  return { releases: await withParts(db, rows.slice(0, limit)), more: rows.length > limit };
}

/** Releases with the people and destinations that their rows don't hold. */
export async function withParts(
  db: Queries,
  rows: readonly (typeof releases.$inferSelect)[],
): Promise<Release[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const people = groupBy(await selectPeople(db, ids), ({ releaseId }) => releaseId);
  const destinations = groupBy(await selectDestinations(db, ids), ({ releaseId }) => releaseId);
  return rows.map(({ id, key, state, plan, goLiveAt }) => ({
    id,
    key,
    state,
    plan,
    goLiveAt: goLiveAt.getTime(),
    people: toPeople(people.get(id) ?? []),
    destinations: (destinations.get(id) ?? []).map(({ address, destination }) => ({ address, destination })),
  }));
}

/** A row for each identity of each person. */
function selectPeople(db: Queries, releaseIds: readonly string[]) {
  const { releaseId, role, position, personId, name } = releasePeople;
  const { platform, platformId } = identities;
  return db
    .select({ releaseId, role, position, personId, name, platform, platformId })
    .from(releasePeople)
    .leftJoin(identities, eq(identities.personId, personId))
    .where(inArray(releaseId, [...releaseIds]))
    .orderBy(asc(role), desc(position), asc(name), asc(personId), asc(platform), asc(platformId));
}

function toPeople(rows: Awaited<ReturnType<typeof selectPeople>>): ReleasePerson[] {
  const held = groupBy(rows, ({ role, position, personId }) => `${role} ${position} ${personId}`);
  return [...held.values()].flatMap((ofOne) => {
    const accounts = ofOne.flatMap(({ platform, platformId }) =>
      platform === null || platformId === null ? [] : [{ platform, id: platformId }],
    );
    return ofOne.slice(0, 1).map(({ role, position, personId, name }) => ({
      role,
      position,
      personId,
      name,
      identities: accounts,
    }));
  });
}

function selectDestinations(db: Queries, releaseIds: readonly string[]) {
  const { releaseId, address, destination } = releaseDestinations;
  return db
    .select({ releaseId, address, destination })
    .from(releaseDestinations)
    .where(inArray(releaseId, [...releaseIds]))
    .orderBy(asc(address));
}
