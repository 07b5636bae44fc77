/** A voter has at least this long after the last reminder, in a poll that is open long enough. Milliseconds. */
const lastReminderMs = 3_600_000;

/**
 * When those who have not voted in a poll are reminded, epoch ms: half-way to the moment at which the backups are asked
 * (of the whole time when they are not), and an hour before the poll closes; in a short one when three quarters of its
 * time are over.
 */
export function remindsAt({
  openedAt,
  closesAt,
  escalatesAt,
}: {
  openedAt: number;
  closesAt: number;
  /** Null: the backups are not asked. */
  escalatesAt: number | null;
}): number[] {
  const first = openedAt + Math.round(((escalatesAt ?? closesAt) - openedAt) / 2);
  const last = Math.max(closesAt - lastReminderMs, openedAt + Math.round(((closesAt - openedAt) * 3) / 4));
  return first < last ? [first, last] : [last];
}
