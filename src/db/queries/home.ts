import type { Queries } from '../transaction.ts';

export interface OpenBallot {
  pollId: string;
  releaseKey: string;
  kind: 'readiness' | 'decision';
  /** Epoch ms. */
  closesAt: number;
  zone: string;
}

/** Open polls in which a person holds a role that has no vote yet. */
export async function findOpenBallots(db: Queries, personId: string): Promise<OpenBallot[]> {
  const { rows } = await db.$client.query<Omit<OpenBallot, 'closesAt'> & { closes_at: Date }>({
    name: 'open-ballots',
    text: `select distinct p.id as "pollId", r.key as "releaseKey", p.kind, p.closes_at,
        r.plan #>> '{goLive,zone}' as zone
      from polls p join releases r on r.id = p.release_id
      join release_people m on m.release_id = r.id and m.person_id = $1 and m.position = 'holder'
      where p.state = 'open' and p.roles ? m.role
        and not exists (select from votes v where v.poll_id = p.id and v.role = m.role)
      order by p.closes_at limit 20`,
    values: [personId],
  });
  return rows.map(({ closes_at, ...row }) => ({ ...row, closesAt: closes_at.getTime() }));
}

export interface ComingItem {
  releaseKey: string;
  title: string;
  channel: string;
  localTime: string;
}

/** What is due next in the releases that a person has a role in. */
export async function findComingItems(db: Queries, personId: string): Promise<ComingItem[]> {
  const { rows } = await db.$client.query<ComingItem>({
    name: 'coming-items',
    text: `select r.key as "releaseKey", c.item ->> 'title' as title, c.item ->> 'channel' as channel,
        c.item ->> 'localTime' as "localTime"
      from communications c join releases r on r.id = c.release_id
      where c.state = 'planned' and c.due_at is not null
        and exists (select from release_people m where m.release_id = r.id and m.person_id = $1)
      order by c.due_at, c.position limit 5`,
    values: [personId],
  });
  return rows;
}

/** The ids of the releases that a person has a role in: what is being rolled out, what comes next, then the latest that ended. */
export async function findReleasesOf(db: Queries, personId: string): Promise<string[]> {
  const { rows } = await db.$client.query<{ id: string }>({
    name: 'releases-of-person',
    text: `select r.id from releases r
      where exists (select from release_people m where m.release_id = r.id and m.person_id = $1)
      order by r.state in ('completed', 'rolled_back', 'cancelled'), r.state <> 'in_progress',
        case when r.state in ('completed', 'rolled_back', 'cancelled') then -extract(epoch from r.go_live_at)
          else extract(epoch from r.go_live_at) end
      limit 11`,
    values: [personId],
  });
  return rows.map((row) => row.id);
}
