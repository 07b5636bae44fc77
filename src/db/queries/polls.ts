import type { Block } from '../../core/card/card.ts';
import type { PollOutcome, Vote } from '../../core/go-no-go/decide-poll.ts';
import type { RoleName } from '../../core/plan/roles.ts';
import type { Queries } from '../transaction.ts';

export interface Poll {
  id: string;
  releaseId: string;
  kind: 'readiness' | 'decision';
  state: 'open' | 'closed';
  roles: RoleName[];
  intro: Block[];
  /** Epoch ms. */
  openedAt: number;
  closesAt: number;
  closedAt: number | null;
  outcome: PollOutcome | null;
  votes: Vote[];
}

interface Row {
  id: string;
  release_id: string;
  kind: Poll['kind'];
  state: Poll['state'];
  roles: RoleName[];
  intro: Block[];
  opened_at: Date;
  closes_at: Date;
  closed_at: Date | null;
  outcome: PollOutcome | null;
  votes: Vote[] | null;
}

const select = `select p.*, (select json_agg(json_build_object('role', v.role, 'choice', v.choice,
  'personId', v.person_id, 'personName', v.person_name, 'reason', v.reason,
  'at', round(extract(epoch from v.voted_at) * 1000)) order by v.voted_at)
  from votes v where v.poll_id = p.id) as votes from polls p`;

/** A poll with its standing votes. */
export async function findPoll(db: Queries, id: string): Promise<Poll | null> {
  const { rows } = await db.$client.query<Row>({
    name: 'poll',
    text: `${select} where p.id = $1`,
    values: [id],
  });
  return rows[0] ? toPoll(rows[0]) : null;
}

/** The poll of a release that is open, else the one opened last; null when it never had one. */
export async function latestPoll(db: Queries, releaseId: string): Promise<Poll | null> {
  const { rows } = await db.$client.query<Row>({
    name: 'latest-poll',
    text: `${select} where p.release_id = $1 order by p.state = 'open' desc, p.opened_at desc limit 1`,
    values: [releaseId],
  });
  return rows[0] ? toPoll(rows[0]) : null;
}

/** The same for several releases, by their id. */
export async function latestPolls(db: Queries, releaseIds: readonly string[]): Promise<Map<string, Poll>> {
  const { rows } = await db.$client.query<Row>({
    name: 'latest-polls',
    text: `${select} where p.id in (select distinct on (release_id) id from polls
      where release_id = any($1::uuid[]) order by release_id, state = 'open' desc, opened_at desc)`,
    values: [releaseIds],
  });
  return new Map(rows.map((row) => [row.release_id, toPoll(row)]));
}

function toPoll(row: Row): Poll {
  return {
    id: row.id,
    releaseId: row.release_id,
    kind: row.kind,
    state: row.state,
    roles: row.roles,
    intro: row.intro,
    openedAt: row.opened_at.getTime(),
    closesAt: row.closes_at.getTime(),
    closedAt: row.closed_at?.getTime() ?? null,
    outcome: row.outcome,
    votes: row.votes ?? [],
  };
}
