import { decodeDestination } from '../../core/address/destination.ts';
import type { JobServices } from '../job-services.ts';
import {
  type Claim,
  type ClaimedDelivery,
  type ClaimRow,
  claimSql,
  claimValues,
  toClaim,
} from './delivery-claim.ts';

/** What was sent, and what became of it. */
export interface Sent {
  delivery: ClaimedDelivery;
  messageId: string;
  channelId: string;
}

/** Deliveries to different destinations. Null for one that another drain has taken over. */
export async function recordSent(jobs: JobServices, sent: readonly Sent[]): Promise<(Claim | null)[]> {
  const nextAt = new Date(jobs.clock.wall() + jobs.settings.postIntervalMs);
  const { rows } = await jobs.db.pool.query<ClaimRow & { stale: boolean }>({
    name: 'record-sent',
    text: `with sent as (
        update deliveries d set state = 'sent', message_id = one.message_id, channel_id = one.channel_id,
          sent_at = $1, error = null
        from unnest($6::uuid[], $7::int[], $8::text[], $9::text[], $10::int[], $11::text[])
          as one(id, attempts, message_id, channel_id, rendered_revision, rendered_hash)
        where d.id = one.id and d.state = 'sending' and d.attempts = one.attempts
        returning d.id, d.destination, d.card_id, d.message_id, d.channel_id, one.rendered_revision, one.rendered_hash
      ), pace as (
        insert into paces (key, next_at) select ${claimSql.paceKey('destination')}, $4 from sent order by destination
        on conflict (key) do update set next_at = excluded.next_at
      ), locked as (
        -- In the order in which acts lock them.
        select id from cards where id in (select card_id from sent) order by id for update
      ), shown as (
        update cards set message_id = sent.message_id, channel_id = sent.channel_id,
          rendered_revision = sent.rendered_revision, rendered_hash = sent.rendered_hash
        from locked join sent on sent.card_id = locked.id where cards.id = locked.id
        returning sent.id as delivery_id, cards.revision > cards.rendered_revision as stale
      ), head as (
        select one.destination, oldest.id, oldest.state, greatest(oldest.not_before, $4) as at
        from sent as one cross join lateral (${claimSql.oldestOpen('id <> one.id')}) as oldest
        where not $5
      ), ${claimSql.claimed}
      select sent.destination, coalesce(shown.stale, false) as stale, ${claimSql.columns}
      from sent left join shown on shown.delivery_id = sent.id left join head using (destination)
        left join claimed using (destination) left join cards c on c.id = claimed.card_id`,
    values: [
      ...claimValues(jobs),
      nextAt,
      jobs.stopping.aborted,
      sent.map(({ delivery }) => delivery.id),
      sent.map(({ delivery }) => delivery.attempts),
      sent.map(({ messageId }) => messageId),
      sent.map(({ channelId }) => channelId),
      // Found by a look-up, nothing was rendered: what it shows is not known, so it is drawn again.
      sent.map(({ delivery }) => (delivery.renderedHash ? (delivery.card?.revision ?? 0) : 0)),
      sent.map(({ delivery }) => delivery.renderedHash),
    ],
  });
  const stale = rows.filter((row) => row.stale);
  if (stale.length > 0)
    await jobs.notifier.notify(
      stale.map(({ destination }) => ({ job: 'card', destination: decodeDestination(destination) })),
    );
  const recorded = new Map(rows.map((row) => [row.destination, row]));
  return sent.map(({ delivery: { destination } }) => {
    const row = recorded.get(destination);
    return row ? toClaim(row) : null;
  });
}
