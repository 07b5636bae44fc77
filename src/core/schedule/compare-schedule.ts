import type { ScheduleItem } from './derive-schedule.ts';
import { isExpired } from './lateness.ts';

/** How an item of a schedule stands, as far as a change of the plan has to know. */
export interface StandingItem {
  key: string;
  state: 'planned' | 'sent' | 'withheld' | 'overdue';
  /** Epoch ms; null for an item that waits for an event. */
  dueAt: number | null;
}

/** An item and what the changed plan says of it. */
export interface ChangedItem<Row extends StandingItem> {
  row: Row;
  item: ScheduleItem;
}

/** What a change of the plan does to the items that there are. */
export interface ScheduleChange<Row extends StandingItem> {
  /** Still to come, at another instant. */
  moved: ChangedItem<Row>[];
  /** Their time has passed by the change. */
  past: ChangedItem<Row>[];
  /** They are of no use any more, such as a poll that would be closed already. */
  expired: ChangedItem<Row>[];
  sent: ChangedItem<Row>[];
  /** Open, and no longer of the plan. */
  dropped: Row[];
}

/**
 * Compares the items of a release with the schedule of its changed plan. `now`: epoch ms; of a release that is paused,
 * since when, because what fell due in a pause is done on resuming. Pure, so that what somebody is shown before they
 * confirm is what happens.
 */
export function compareSchedule<Row extends StandingItem>(
  rows: readonly Row[],
  schedule: readonly ScheduleItem[],
  now: number,
): ScheduleChange<Row> {
  const change: ScheduleChange<Row> = { moved: [], past: [], expired: [], sent: [], dropped: [] };
  for (const row of rows) {
    const item = schedule.find(({ key }) => key === row.key);
    if (!item) {
      if (isOpen(row)) change.dropped.push(row);
    } else if (row.state === 'sent') {
      change.sent.push({ row, item });
    } else if (row.state === 'planned') {
      if (isPast(item, now)) change[isExpired(item, now) ? 'expired' : 'past'].push({ row, item });
      else if (item.dueAt !== row.dueAt) change.moved.push({ row, item });
    }
  }
  return change;
}

/** Whether an item is still to be sent, or to be asked about. */
export function isOpen({ state }: Pick<StandingItem, 'state'>): boolean {
  return state === 'planned' || state === 'overdue';
}

/** A live card shows the present, however late it is. */
function isPast({ kind, dueAt }: ScheduleItem, now: number): boolean {
  return kind !== 'live-card' && dueAt !== null && dueAt <= now;
}
