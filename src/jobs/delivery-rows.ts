import type { Card } from '../core/card.ts';
import type { JobServices, LiveCardSubject } from './job-services.ts';

/** A delivery that this job may send now. */
export interface ClaimedDelivery {
  id: string;
  destination: string;
  attempts: number;
  content: Card | null;
  card: (LiveCardSubject & { id: string; revision: number }) | null;
  /** An earlier attempt was interrupted or its end is not known. */
  mayHaveArrived: boolean;
  /** Release clock, epoch ms: no attempt was made before. */
  since: number;
  /** Set while rendering a live card. */
  renderedHash: string | null;
}

interface Row {
  id: string;
  attempts: number;
  content: Card | null;
  was_sending: boolean;
  sending_since: Date;
  card_id: string | null;
  card_kind: LiveCardSubject['kind'] | null;
  card_subject: string | null;
  card_revision: number | null;
}

/**
 * Claims the oldest open row of a destination, if its pace and its own wait allow. A row in `sending`
 * whose claim has run out was interrupted: it is claimed with `mayHaveArrived`.
 */
export async function claimDelivery(jobs: JobServices, destination: string): Promise<ClaimedDelivery | null> {
  if (jobs.stopping.aborted) return null;
  const wall = jobs.clock.wall();
  const { rows } = await jobs.db.pool.query<Row>({
    name: 'claim-delivery',
    text: `with head as (
        select id, state from deliveries
        where destination = $1 and state in ('pending', 'sending') order by seq limit 1 for update
      )
      update deliveries d set state = 'sending', attempts = d.attempts + 1, sending_at = $2,
        sending_since = coalesce(d.sending_since, $3), not_before = $4
      from head left join cards c on c.id = (select card_id from deliveries x where x.id = head.id)
      where d.id = head.id and (d.not_before is null or d.not_before <= $2)
        and not exists (select from paces where key = $5 and next_at > $2)
      returning d.id, d.attempts, d.content, head.state = 'sending' as was_sending, d.sending_since,
        c.id as card_id, c.kind as card_kind, c.subject_id as card_subject, c.revision as card_revision`,
    values: [
      destination,
      new Date(wall),
      new Date(jobs.clock.now()),
      new Date(wall + jobs.settings.claimLeaseMs),
      paceKey(destination),
    ],
  });
  return rows[0] ? toClaimed(rows[0], destination) : null;
}

function toClaimed(row: Row, destination: string): ClaimedDelivery {
  const { card_id, card_kind, card_subject, card_revision } = row;
  const card =
    card_id && card_kind && card_subject && card_revision !== null
      ? { id: card_id, kind: card_kind, subjectId: card_subject, destination, revision: card_revision }
      : null;
  return {
    id: row.id,
    destination,
    attempts: row.attempts,
    content: row.content,
    card,
    mayHaveArrived: row.was_sending,
    since: row.sending_since.getTime(),
    renderedHash: null,
  };
}

/** When the destination's oldest row may be tried, epoch ms of the wall clock; null when none waits. */
export async function nextAttemptAt(jobs: JobServices, destination: string): Promise<number | null> {
  const { rows } = await jobs.db.pool.query<{ at: Date | null }>({
    name: 'next-delivery-attempt',
    text: `select greatest(d.not_before, (select next_at from paces where key = $2), to_timestamp(0)) as at
      from deliveries d where d.destination = $1 and d.state in ('pending', 'sending') order by d.seq limit 1`,
    values: [destination, paceKey(destination)],
  });
  return rows[0]?.at?.getTime() ?? null;
}

/**
 * Renews a claim after a look-up, which may have taken longer than the claim lasts. False: another
 * drain has taken the delivery over, and this one must not send it.
 */
export async function renewClaim(jobs: JobServices, delivery: ClaimedDelivery): Promise<boolean> {
  const { rowCount } = await jobs.db.pool.query({
    name: 'renew-claim',
    text: `update deliveries set not_before = $3 where id = $1 and state = 'sending' and attempts = $2`,
    values: [delivery.id, delivery.attempts, new Date(jobs.clock.wall() + jobs.settings.claimLeaseMs)],
  });
  return rowCount === 1;
}

/** Records the platform's message id, and that a live card now shows what was rendered. */
export async function recordSent(
  jobs: JobServices,
  delivery: ClaimedDelivery,
  sent: { messageId: string; channelId: string },
): Promise<void> {
  const wall = jobs.clock.wall();
  const { rows } = await jobs.db.pool.query<{ stale: boolean | null }>({
    name: 'record-sent',
    text: `with sent as (
        update deliveries set state = 'sent', message_id = $3, channel_id = $4, sent_at = $5, error = null
        where id = $1 and state = 'sending' and attempts = $2 returning destination, card_id
      ), pace as (
        insert into paces (key, next_at) select $6, $7 from sent
        on conflict (key) do update set next_at = excluded.next_at
      )
      update cards set message_id = $3, channel_id = $4, rendered_revision = $8, rendered_hash = $9
      from sent where cards.id = sent.card_id returning cards.revision > cards.rendered_revision as stale`,
    values: [
      delivery.id,
      delivery.attempts,
      sent.messageId,
      sent.channelId,
      new Date(jobs.clock.now()),
      paceKey(delivery.destination),
      new Date(wall + jobs.settings.postIntervalMs),
      // Found by a look-up, nothing was rendered: what it shows is not known, so it is drawn again.
      delivery.renderedHash ? (delivery.card?.revision ?? 0) : 0,
      delivery.renderedHash,
    ],
  });
  if (rows[0]?.stale) await jobs.wakeUps.send([{ job: 'card', destination: delivery.destination }]);
}

/** Puts a delivery back for another try; one that may have arrived stays `sending` and is looked up first. */
export async function returnDelivery(
  jobs: JobServices,
  delivery: ClaimedDelivery,
  { afterMs, note, mayHaveArrived }: { afterMs: number; note: string; mayHaveArrived: boolean },
): Promise<void> {
  await jobs.db.pool.query({
    name: 'return-delivery',
    text: `update deliveries set state = $3, not_before = $4, error = $5
      where id = $1 and state = 'sending' and attempts = $2`,
    values: [
      delivery.id,
      delivery.attempts,
      mayHaveArrived ? 'sending' : 'pending',
      new Date(jobs.clock.wall() + afterMs),
      note,
    ],
  });
}

function paceKey(destination: string): string {
  return `post:${destination}`;
}
