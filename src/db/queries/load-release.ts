import { and, asc, desc, eq, gt, inArray, type SQL } from 'drizzle-orm';
import type { Identity } from '../../core/people/identity.ts';
import type { Plan } from '../../core/plan/plan.ts';
import type { RoleName } from '../../core/plan/roles.ts';
import type { ReleaseState } from '../../core/release/release-state.ts';
import { identities } from '../schema/people.ts';
import { releaseChannels, releasePeople, releases } from '../schema/release.ts';
import type { Queries } from '../transaction.ts';

export interface ReleasePerson {
  role: RoleName;
  position: 'holder' | 'backup';
  personId: string;
  /** As the plan writes it. */
  name: string;
  /** Their accounts on the platforms. */
  identities: readonly Identity[];
}

export interface ReleaseChannel {
  /** `#name`, as the plan writes it. */
  name: string;
  channelId: string;
}

/** A release with its people and channels, as the verbs and the views need it. */
export interface Release {
  id: string;
  key: string;
  state: ReleaseState;
  plan: Plan;
  /** Epoch ms. */
  goLiveAt: number;
  people: readonly ReleasePerson[];
  channels: readonly ReleaseChannel[];
}

/** Finds a release by its key or id. */
export async function loadRelease(
  db: Queries,
  by: { key: string } | { id: string },
): Promise<Release | null> {
  const where = 'key' in by ? eq(releases.key, by.key) : eq(releases.id, by.id);
  const [row] = await selectReleases(db, { where, limit: 1 });
  return row ? toRelease(row) : null;
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
  const where = and(inArray(releases.state, [...states]), gt(releases.goLiveAt, new Date(after)));
  // One more than is wanted tells whether there are more.
  const rows = await selectReleases(db, { where, limit: limit + 1 });
  return { releases: rows.slice(0, limit).map(toRelease), more: rows.length > limit };
}

/** The people and channels of a release come in an order that stays the same. */
function selectReleases(db: Queries, { where, limit }: { where: SQL | undefined; limit: number }) {
  return db.query.releases.findMany({
    where,
    limit,
    orderBy: [asc(releases.goLiveAt), asc(releases.key)],
    with: {
      people: {
        columns: { role: true, position: true, personId: true, name: true },
        orderBy: [asc(releasePeople.role), desc(releasePeople.position), asc(releasePeople.name)],
        with: {
          person: {
            columns: {},
            with: {
              identities: {
                columns: { platform: true, platformId: true },
                orderBy: [asc(identities.platform), asc(identities.platformId)],
              },
            },
          },
        },
      },
      channels: { columns: { name: true, channelId: true }, orderBy: asc(releaseChannels.name) },
    },
  });
}

function toRelease(row: Awaited<ReturnType<typeof selectReleases>>[number]): Release {
  const { id, key, state, plan, channels } = row;
  const people = row.people.map(({ person, ...held }) => ({
    ...held,
    identities: person.identities.map(({ platform, platformId }) => ({ platform, id: platformId })),
  }));
  return { id, key, state, plan, goLiveAt: row.goLiveAt.getTime(), people, channels };
}
