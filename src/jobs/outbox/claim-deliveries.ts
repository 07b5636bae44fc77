import type { JobServices } from '../job-services.ts';
import { type Claim, type ClaimRow, claimSql, claimValues, nothing, toClaim } from './delivery-claim.ts';

/** Claims the oldest open rows of different destinations. */
export async function claimDeliveries(jobs: JobServices, destinations: readonly string[]): Promise<Claim[]> {
  if (jobs.stopping.aborted) return destinations.map(() => nothing);
  const { rows } = await jobs.db.pool.query<ClaimRow>({
    name: 'claim-deliveries',
    text: `with head as (
        select one.destination, oldest.id, oldest.state,
          greatest(oldest.not_before, p.next_at, to_timestamp(0)) as at
        from unnest($4::text[]) as one(destination)
        cross join lateral (${claimSql.oldestOpen()}) as oldest
        left join paces p on p.key = ${claimSql.paceKey('one.destination')}
      ), ${claimSql.claimed}
      select head.destination, ${claimSql.columns}
      from head left join claimed using (destination) left join cards c on c.id = claimed.card_id`,
    values: [...claimValues(jobs), destinations],
  });
  const found = new Map(rows.map((row) => [row.destination, row]));
  return destinations.map((destination) => toClaim(found.get(destination)));
}
