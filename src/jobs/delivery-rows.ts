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

/** What a drain does next: send what it has claimed, or wait until an instant of the wall clock, epoch ms. */
export interface Turn {
  delivery: ClaimedDelivery | null;
  /** When the destination's oldest row may be tried; null when none waits. */
  waitUntil: number | null;
}

interface Row {
  /** Null when the oldest row can't be claimed yet. */
  id: string | null;
  at: Date;
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
 * Claims the row in `head` when its time has come and `condition` holds; $1 destination, $2 wall clock, $3
 * release clock, $4 end of the lease. The row's own wait is looked at again as it is updated: another drain may
 * have claimed it a moment ago.
 */
const claimHead = (condition = 'true') => `
  update deliveries d set state = 'sending', attempts = d.attempts + 1, sending_at = $2,
    sending_since = coalesce(d.sending_since, $3), not_before = $4
  from head left join cards c on c.id = (select card_id from deliveries x where x.id = head.id)
  where d.id = head.id and head.at <= $2 and (d.not_before is null or d.not_before <= $2) and ${condition}
  returning d.id, d.attempts, d.content, head.state = 'sending' as was_sending, d.sending_since,
    c.id as card_id, c.kind as card_kind, c.subject_id as card_subject, c.revision as card_revision`;

/**
 * Claims the oldest open row of a destination, if its pace and its own wait allow. A row in `sending`
 * whose claim has run out was interrupted: it is claimed with `mayHaveArrived`.
 */
export async function claimDelivery(jobs: JobServices, destination: string): Promise<Turn> {
  if (jobs.stopping.aborted) return nothing;
  const { rows } = await jobs.db.pool.query<Row>({
    name: 'claim-delivery',
    text: `with head as (
        select id, state, greatest(not_before, (select next_at from paces where key = $5), to_timestamp(0)) as at
        from deliveries
        where destination = $1 and state in ('pending', 'sending') order by seq limit 1 for update
      ), claimed as (${claimHead()})
      select claimed.*, head.at from head left join claimed on true`,
    values: [...claimValues(jobs, destination), paceKey(destination)],
  });
  return toTurn(rows[0], destination);
}

const nothing: Turn = { delivery: null, waitUntil: null };

function claimValues(jobs: JobServices, destination: string): unknown[] {
  const wall = jobs.clock.wall();
  const leaseEnd = new Date(wall + jobs.settings.claimLeaseMs);
  return [destination, new Date(wall), new Date(jobs.clock.now()), leaseEnd];
}

function toTurn(row: Row | undefined, destination: string): Turn {
  if (!row) return nothing;
  const { id } = row;
  if (id === null) return { delivery: null, waitUntil: row.at.getTime() };
  return { delivery: toClaimed({ ...row, id }, destination), waitUntil: null };
}

function toClaimed(row: Row & { id: string }, destination: string): ClaimedDelivery {
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

/**
 * Records the platform's message id, and that a live card now shows what was rendered. In the same statement
 * it takes the destination's next turn.
 */
export async function recordSent(
  jobs: JobServices,
  delivery: ClaimedDelivery,
  sent: { messageId: string; channelId: string },
): Promise<Turn> {
  const { destination } = delivery;
  const nextAt = new Date(jobs.clock.wall() + jobs.settings.postIntervalMs);
  const { rows } = await jobs.db.pool.query<Partial<Row> & { stale: boolean; recorded: boolean }>({
    name: 'record-sent',
    text: `with sent as (
        update deliveries set state = 'sent', message_id = $7, channel_id = $8, sent_at = $3, error = null
        where id = $5 and state = 'sending' and attempts = $6 returning card_id
      ), pace as (
        insert into paces (key, next_at) select $9, $10 from sent
        on conflict (key) do update set next_at = excluded.next_at
      ), shown as (
        update cards set message_id = $7, channel_id = $8, rendered_revision = $11, rendered_hash = $12
        from sent where cards.id = sent.card_id returning cards.revision > cards.rendered_revision as stale
      ), head as (
        select id, state, greatest(not_before, $10) as at from deliveries
        where destination = $1 and state in ('pending', 'sending') and id <> $5 and not $13
        order by seq limit 1 for update
      ), claimed as (${claimHead('exists (select from sent)')})
      select claimed.*, head.at, exists (select from shown where stale) as stale,
        exists (select from sent) as recorded
      from (select) one left join head on true left join claimed on true`,
    values: [
      ...claimValues(jobs, destination),
      delivery.id,
      delivery.attempts,
      sent.messageId,
      sent.channelId,
      paceKey(destination),
      nextAt,
      // Found by a look-up, nothing was rendered: what it shows is not known, so it is drawn again.
      delivery.renderedHash ? (delivery.card?.revision ?? 0) : 0,
      delivery.renderedHash,
      jobs.stopping.aborted,
    ],
  });
  const [row] = rows;
  if (row?.stale) await jobs.wakeUps.send([{ job: 'card', destination }]);
  // Another drain has taken it over: that one goes on from here, and the rows say what is left.
  if (!row?.recorded) return claimDelivery(jobs, destination);
  return toTurn(row.at ? (row as Row) : undefined, destination);
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
