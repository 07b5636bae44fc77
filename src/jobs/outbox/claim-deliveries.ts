import type { JobServices } from '../job-services.ts';
import { claimValues, nothing, type Turn, type TurnRow, toTurn, turnSql } from './delivery-claim.ts';

/** Claims the oldest open rows of different destinations. */
export async function claimDeliveries(jobs: JobServices, destinations: readonly string[]): Promise<Turn[]> {
  if (jobs.stopping.aborted) return destinations.map(() => nothing);
  const { rows } = await jobs.db.pool.query<TurnRow>({
    name: 'claim-deliveries',
    text: `with head as (
        select one.destination, oldest.id, oldest.state,
          greatest(oldest.not_before, p.next_at, to_timestamp(0)) as at
        from unnest($4::text[]) as one(destination)
        cross join lateral (${turnSql.oldestOpen()}) as oldest
        left join paces p on p.key = ${turnSql.paceKey('one.destination')}
      ), ${turnSql.claimed}
      select head.destination, ${turnSql.columns}
      from head left join claimed using (destination) left join cards c on c.id = claimed.card_id`,
    values: [...claimValues(jobs), destinations],
  });
  const found = new Map(rows.map((row) => [row.destination, row]));
  return destinations.map((destination) => toTurn(found.get(destination)));
}
