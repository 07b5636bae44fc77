import type { ScheduleItem } from '../../core/schedule/derive-schedule.ts';
import type { Queryable } from '../open-database.ts';

export interface PlannedCommunication {
  id: string;
  item: ScheduleItem;
  state: 'planned' | 'sent' | 'withheld';
  /** Why it was withheld. */
  note: string | null;
  /** Epoch ms. */
  dueAt: number | null;
}

interface Row {
  id: string;
  item: ScheduleItem;
  state: PlannedCommunication['state'];
  note: string | null;
  due_at: Date | null;
}

/** A release's whole schedule, in order. */
export async function loadSchedule(db: Queryable, releaseId: string): Promise<PlannedCommunication[]> {
  const { rows } = await db.query<Row>({
    name: 'schedule',
    text: 'select id, item, state, note, due_at from communications where release_id = $1 order by position',
    values: [releaseId],
  });
  return rows.map(({ due_at, ...row }) => ({ ...row, dueAt: due_at?.getTime() ?? null }));
}

/** When the next timer of any release is due, epoch ms; null when none is pending. */
export async function nextDueAt(db: Queryable): Promise<number | null> {
  const { rows } = await db.query<{ at: Date | null }>({
    name: 'next-due',
    text: `select min(due_at) as at from timers where state = 'pending'`,
  });
  return rows[0]?.at?.getTime() ?? null;
}
