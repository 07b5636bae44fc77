import type { Plan } from '../../core/plan/plan.ts';
import type { RoleName } from '../../core/plan/roles.ts';
import type { ReleaseState } from '../../core/release/release-state.ts';
import type { Queries } from '../transaction.ts';

export interface ReleasePerson {
  role: RoleName;
  position: 'holder' | 'backup';
  personId: string;
  name: string;
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

interface Row {
  id: string;
  key: string;
  state: ReleaseState;
  plan: Plan;
  go_live_at: Date;
  people: ReleasePerson[] | null;
  channels: ReleaseChannel[] | null;
}

const definitionColumns = `r.plan,
  (select json_agg(json_build_object('role', p.role, 'position', p.position, 'personId', p.person_id, 'name', p.name)
     order by p.role, p.position desc) from release_people p where p.release_id = r.id) as people,
  (select json_agg(json_build_object('name', c.name, 'channelId', c.channel_id)
     order by c.name) from release_channels c where c.release_id = r.id) as channels`;
const select = `select r.id, r.key, r.state, r.go_live_at, ${definitionColumns} from releases r`;

/** Finds a release by its key or id. */
export async function loadRelease(
  db: Queries,
  by: { key: string } | { id: string },
): Promise<Release | null> {
  const column = 'key' in by ? 'key' : 'id';
  const { rows } = await db.$client.query<Row>({
    name: `release-by-${column}`,
    text: `${select} where r.${column} = $1`,
    values: ['key' in by ? by.key : by.id],
  });
  return rows[0] ? toRelease(rows[0]) : null;
}

/** Releases by their id. */
export async function loadReleases(db: Queries, ids: readonly string[]): Promise<Map<string, Release>> {
  const { rows } = await db.$client.query<Row>({
    name: 'releases-by-id',
    text: `${select} where r.id = any($1::uuid[])`,
    values: [ids],
  });
  return new Map(rows.map((row) => [row.id, toRelease(row)]));
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
  const { rows } = await db.$client.query<Row>({
    name: 'releases-by-state',
    text: `${select} where r.state = any($1) and r.go_live_at > $3 order by r.go_live_at, r.key limit $2`,
    // One more than is wanted tells whether there are more.
    values: [states, limit + 1, new Date(after)],
  });
  return { releases: rows.slice(0, limit).map(toRelease), more: rows.length > limit };
}

function toRelease(row: Row): Release {
  return {
    id: row.id,
    key: row.key,
    state: row.state,
    plan: row.plan,
    goLiveAt: row.go_live_at.getTime(),
    people: row.people ?? [],
    channels: row.channels ?? [],
  };
}
