import { eq, min } from 'drizzle-orm';
import type { ScheduleItem } from '../../core/schedule/derive-schedule.ts';
import { timers } from '../schema/outbox.ts';
import type { Queries } from '../transaction.ts';

/** An item of a schedule and what became of it. */
export interface PlannedCommunication {
  id: string;
  item: ScheduleItem;
  /**
   * Of an item that was put into the outbox, what became of its message there; `unrecorded` when the outbox
   * has none that is known to be its message.
   */
  state: 'planned' | 'withheld' | 'being-sent' | 'sent' | 'failed' | 'unrecorded';
  /** Why it was withheld, or could not be delivered. */
  note: string | null;
  /** Epoch ms. */
  dueAt: number | null;
}

interface Row {
  id: string;
  item: ScheduleItem;
  state: 'planned' | 'sent' | 'withheld';
  note: string | null;
  due_at: Date | null;
  delivery_state: 'pending' | 'sending' | 'sent' | 'failed' | null;
  delivery_error: string | null;
}

/**
 * A release's whole schedule, in order. The message of an item was put into the outbox at the instant at which
 * the item was settled, under the item's key; a poll and the live card are there as cards.
 */
export async function loadSchedule(db: Queries, releaseId: string): Promise<PlannedCommunication[]> {
  const { rows } = await db.$client.query<Row>({
    name: 'schedule',
    text: `select c.id, c.item, c.state, c.note, c.due_at, d.state as delivery_state, d.error as delivery_error
      from communications c left join lateral (
        select state, error from deliveries
        where c.state = 'sent' and release_id = c.release_id and created_at = c.settled_at
          and subject = case c.item ->> 'kind'
            when 'poll' then 'card:poll' when 'live-card' then 'card:rollout' else c.key end
        order by seq limit 1
      ) d on true
      where c.release_id = $1 order by c.position`,
    values: [releaseId],
  });
  return rows.map((row) => ({
    id: row.id,
    item: row.item,
    state: row.state === 'sent' ? stateOfDelivery(row.delivery_state) : row.state,
    note: row.delivery_state === 'failed' ? row.delivery_error : row.note,
    dueAt: row.due_at?.getTime() ?? null,
  }));
}

function stateOfDelivery(state: Row['delivery_state']): PlannedCommunication['state'] {
  switch (state) {
    case 'pending':
    case 'sending':
      return 'being-sent';
    case 'sent':
    case 'failed':
      return state;
    case null:
      return 'unrecorded';
  }
}

/** When the next timer of any release is due, epoch ms; null when none is pending. */
export async function nextDueAt(db: Queries): Promise<number | null> {
  const pending = db
    .select({ at: min(timers.dueAt) })
    .from(timers)
    .where(eq(timers.state, 'pending'));
  const [next] = await pending;
  return next?.at?.getTime() ?? null;
}
