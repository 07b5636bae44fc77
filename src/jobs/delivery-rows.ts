import type { Card } from '../core/card.ts';
import { groupCalls } from './group-calls.ts';
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
  /** Wall clock, epoch ms: the claim is counted from here. */
  claimedAt: number;
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

/** What was sent, and what became of it. */
interface Sent {
  delivery: ClaimedDelivery;
  messageId: string;
  channelId: string;
}

/** The rows of the outbox as the drains of a process work on them. */
export interface DeliveryRows {
  /**
   * Claims the oldest open row of a destination, if its pace and its own wait allow. A row in `sending`
   * whose claim has run out was interrupted: it is claimed with `mayHaveArrived`.
   */
  claim(destination: string): Promise<Turn>;
  /**
   * Records the platform's message id, and that a live card now shows what was rendered. In the same statement
   * it takes the destination's next turn.
   */
  recordSent(sent: Sent): Promise<Turn>;
}

/** More would keep the first of a group waiting for the last. */
const mostInGroup = 100;

/**
 * The drains of a process ask for one row each; what they ask at the same time goes out in one statement. So
 * a burst over many destinations costs a few commits and not one a message.
 */
export function createDeliveryRows(jobs: JobServices): DeliveryRows {
  const claim = groupCalls((destinations: readonly string[]) => claimDeliveries(jobs, destinations), {
    keyOf: (destination) => destination,
    most: mostInGroup,
  });
  const record = groupCalls((sent: readonly Sent[]) => recordSent(jobs, sent), {
    keyOf: ({ delivery }) => delivery.destination,
    most: mostInGroup,
  });
  return {
    claim,
    // Another drain has taken the delivery over: that one goes on from here, and the rows say what is left.
    recordSent: async (sent) => (await record(sent)) ?? claim(sent.delivery.destination),
  };
}

interface Row {
  destination: string;
  /** When the destination's oldest row may be tried; null when none waits. */
  at: Date | null;
  /** Null when the oldest row can't be claimed yet. */
  id: string | null;
  attempts: number;
  content: Card | null;
  was_sending: boolean;
  sending_at: Date;
  sending_since: Date;
  card_id: string | null;
  card_kind: LiveCardSubject['kind'] | null;
  card_subject: string | null;
  card_revision: number | null;
}

/**
 * Claims the rows in `head` whose time has come; $1 wall clock, $2 release clock, $3 end of the lease. The row's
 * own wait is looked at again as it is updated: another drain may have claimed it a moment ago.
 */
const claimed = `claimed as (
    update deliveries d set state = 'sending', attempts = d.attempts + 1, sending_at = $1,
      sending_since = coalesce(d.sending_since, $2), not_before = $3
    from head where d.id = head.id and head.at <= $1 and (d.not_before is null or d.not_before <= $1)
    returning d.*, head.state = 'sending' as was_sending
  )`;

/** The columns of `Row`, from `head`, `claimed` and the live card `c`. */
const rowColumns = `head.at, claimed.id, claimed.attempts, claimed.content, claimed.was_sending,
    claimed.sending_at, claimed.sending_since, c.id as card_id, c.kind as card_kind, c.subject_id as card_subject,
    c.revision as card_revision`;

/** The oldest open row of the destination of `one`. */
const oldestOpen = (condition = 'true') => `
    select id, state, not_before from deliveries
    where destination = one.destination and state in ('pending', 'sending') and ${condition}
    order by seq limit 1 for update`;

function claimValues({ clock, settings }: JobServices): Date[] {
  const wall = clock.wall();
  return [new Date(wall), new Date(clock.now()), new Date(wall + settings.claimLeaseMs)];
}

async function claimDeliveries(jobs: JobServices, destinations: readonly string[]): Promise<Turn[]> {
  if (jobs.stopping.aborted) return destinations.map(() => nothing);
  const { rows } = await jobs.db.pool.query<Row>({
    name: 'claim-deliveries',
    text: `with head as (
        select one.destination, oldest.id, oldest.state,
          greatest(oldest.not_before, p.next_at, to_timestamp(0)) as at
        from unnest($4::text[]) as one(destination)
        cross join lateral (${oldestOpen()}) as oldest
        left join paces p on p.key = ${paceKey('one.destination')}
      ), ${claimed}
      select head.destination, ${rowColumns}
      from head left join claimed using (destination) left join cards c on c.id = claimed.card_id`,
    values: [...claimValues(jobs), destinations],
  });
  const found = new Map(rows.map((row) => [row.destination, row]));
  return destinations.map((destination) => toTurn(found.get(destination)));
}

const nothing: Turn = { delivery: null, waitUntil: null };

function toTurn(row: Row | undefined): Turn {
  if (!row?.at) return nothing;
  const { id } = row;
  if (id === null) return { delivery: null, waitUntil: row.at.getTime() };
  return { delivery: toClaimed({ ...row, id }), waitUntil: null };
}

function toClaimed(row: Row & { id: string }): ClaimedDelivery {
  const { id, destination, card_id, card_kind, card_subject, card_revision } = row;
  const card =
    card_id && card_kind && card_subject && card_revision !== null
      ? { id: card_id, kind: card_kind, subjectId: card_subject, destination, revision: card_revision }
      : null;
  return {
    id,
    destination,
    attempts: row.attempts,
    content: row.content,
    card,
    mayHaveArrived: row.was_sending,
    claimedAt: row.sending_at.getTime(),
    since: row.sending_since.getTime(),
    renderedHash: null,
  };
}

/** Deliveries to different destinations. Null for one that another drain has taken over. */
async function recordSent(jobs: JobServices, sent: readonly Sent[]): Promise<(Turn | null)[]> {
  const nextAt = new Date(jobs.clock.wall() + jobs.settings.postIntervalMs);
  const { rows } = await jobs.db.pool.query<Row & { stale: boolean }>({
    name: 'record-sent',
    text: `with sent as (
        update deliveries d set state = 'sent', message_id = one.message_id, channel_id = one.channel_id,
          sent_at = $1, error = null
        from unnest($6::uuid[], $7::int[], $8::text[], $9::text[], $10::int[], $11::text[])
          as one(id, attempts, message_id, channel_id, rendered_revision, rendered_hash)
        where d.id = one.id and d.state = 'sending' and d.attempts = one.attempts
        returning d.id, d.destination, d.card_id, d.message_id, d.channel_id, one.rendered_revision, one.rendered_hash
      ), pace as (
        insert into paces (key, next_at) select ${paceKey('destination')}, $4 from sent order by destination
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
        from sent as one cross join lateral (${oldestOpen('id <> one.id')}) as oldest
        where not $5
      ), ${claimed}
      select sent.destination, coalesce(shown.stale, false) as stale, ${rowColumns}
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
    await jobs.wakeUps.send(stale.map(({ destination }) => ({ job: 'card', destination })));
  const recorded = new Map(rows.map((row) => [row.destination, row]));
  return sent.map(({ delivery: { destination } }) => {
    const row = recorded.get(destination);
    return row ? toTurn(row) : null;
  });
}

/**
 * Renews a claim of which a part has passed before the attempt: by a look-up, by drawing a card, or by waiting
 * for the statement that claimed it. False: another drain has taken the delivery over, and this one must not
 * send it.
 */
export async function renewClaim(jobs: JobServices, delivery: ClaimedDelivery): Promise<boolean> {
  const { rowCount } = await jobs.db.pool.query({
    name: 'renew-claim',
    text: `update deliveries set not_before = $3 where id = $1 and state = 'sending' and attempts = $2`,
    values: [delivery.id, delivery.attempts, new Date(jobs.clock.wall() + jobs.settings.claimLeaseMs)],
  });
  return rowCount === 1;
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

/** In SQL. */
function paceKey(destination: string): string {
  return `('post:' || ${destination})`;
}
